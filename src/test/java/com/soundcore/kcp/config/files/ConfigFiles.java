package com.soundcore.kcp.config.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The texts of the files that a run is configured by, as the class path has them. */
public final class ConfigFiles {
  /** The file that everything begins with. */
  public static final String ROOT = "kcp.conf";

  private static final String MONITORING = "monitoring.conf";

  private static final int DIGITS = 12;

  /** A feeder's texts, a line each; HOCON does not need the quotes. */
  static final Pattern LIST = Pattern.compile("\\blines\\s*[=:]\\s*\"?([^\"\\s,}#]+)");

  private ConfigFiles() {}

  /** Names and texts: kcp.conf, what it includes, and the environment's file. */
  private static Map<String, String> of(String env) {
    Map<String, String> texts = new LinkedHashMap<>();
    add(ROOT, texts);
    add(Environments.file(env), texts);
    return texts;
  }

  /** The text of an environment's file. */
  public static String environment(String env) {
    return text(Environments.file(env));
  }

  /** Keys that are in a file twice, each as "kcp.env in lines 3 and 12 of kcp.conf". */
  public static List<String> repeatedKeys(String env) {
    List<String> repeated = new ArrayList<>();
    of(env)
        .forEach(
            (name, text) ->
                new RepeatedKeys(text).found().forEach(key -> repeated.add(key + " of " + name)));
    return repeated;
  }

  private static void add(String name, Map<String, String> texts) {
    String text = text(name);
    if (texts.put(name, text) == null) {
      new RepeatedKeys(text).included().forEach(included -> add(beside(name, included), texts));
    }
  }

  /** As HOCON looks for it: in the folder of the file that includes it, or else from the root. */
  private static String beside(String name, String included) {
    String sibling = name.substring(0, name.lastIndexOf('/') + 1) + included;
    return ConfigFiles.class.getClassLoader().getResource(sibling) == null ? included : sibling;
  }

  private static String text(String name) {
    try (InputStream file = ConfigFiles.class.getClassLoader().getResourceAsStream(name)) {
      // Like HOCON, skips a file that does not exist.
      return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The files that say what is sent and how it is judged, lists of feeders included, each with the
   * first {@value #DIGITS} digits of its SHA-256. kcp.conf, the environment's file and
   * monitoring.conf are left out: a machine may have values of its own there.
   */
  public static SortedMap<String, String> digests(String env) {
    SortedMap<String, String> digests = new TreeMap<>();
    of(env)
        .forEach(
            (name, text) -> {
              if (!List.of(ROOT, MONITORING, Environments.file(env)).contains(name)) {
                digests.put(name, digest(text));
                LIST.matcher(text)
                    .results()
                    .map(list -> beside(name, list.group(1)))
                    .forEach(list -> digests.put(list, digest(text(list))));
              }
            });
    return digests;
  }

  private static String digest(String text) {
    try {
      // The end of a line depends on the platform that a file was checked out on.
      byte[] bytes = text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
