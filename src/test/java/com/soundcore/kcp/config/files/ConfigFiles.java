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

/** The texts of the configuration files on the class path. */
public final class ConfigFiles {
  /** The root file, which includes the others. */
  public static final String ROOT = "kcp.conf";

  private static final String MONITORING = "monitoring.conf";

  private static final int DIGITS = 12;

  /** A feeder's file with one text in each line; HOCON does not need the quotes. */
  static final Pattern LIST = Pattern.compile("\\blines\\s*[=:]\\s*\"?([^\"\\s,}#]+)");

  private ConfigFiles() {}

  private static Map<String, String> of(String env) {
    Map<String, String> texts = new LinkedHashMap<>();
    add(ROOT, texts);
    add(Environments.file(env), texts);
    return texts;
  }

  /** Returns the text of an environment file; empty if the file does not exist. */
  public static String environment(String env) {
    return text(Environments.file(env));
  }

  /** Returns repeated keys, such as "kcp.env in lines 3 and 12 of kcp.conf". */
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

  /** Resolves like HOCON: first in the folder of the including file, then from the root. */
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
   * Returns the first {@value #DIGITS} hex digits of the SHA-256 of each file that defines the load
   * and its gates, including the feeders' lists. kcp.conf, the environment file and monitoring.conf
   * are left out, because their values may differ between machines.
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
      // Line endings depend on the platform of the checkout.
      byte[] bytes = text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
