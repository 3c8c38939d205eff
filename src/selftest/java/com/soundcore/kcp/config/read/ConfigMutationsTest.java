package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every key of every shipped file as people break it: left out, mistyped, of the wrong kind, with
 * another unit, with a bracket too many, or twice. Each is read by the suite's own loader.
 */
class ConfigMutationsTest {
  private static final Path CONF = Path.of("conf");
  private static final Pattern SETTING =
      Pattern.compile("(\\s*)([\\w.-]+)(\\s*=\\s*)([^{\\[\"#\\s][^{\\[#]*?)(\\s*(?:#.*)?)");

  @TempDir private Path folder;
  private URLClassLoader loader;
  private Method load;

  /** A way to break one line. */
  private interface Break {
    String of(Matcher setting);
  }

  private static final Map<String, Break> BREAKS =
      new TreeMap<>(
          Map.of(
              "left out", setting -> "",
              "twice", setting -> setting.group() + "\n" + setting.group(),
              "mistyped", s -> s.group(1) + s.group(2) + "x" + s.group(3) + s.group(4),
              "wrong kind", s -> s.group(1) + s.group(2) + s.group(3) + "{ a = 1 }",
              "wrong unit", s -> s.group(1) + s.group(2) + s.group(3) + "12 parsecs",
              "bracket", s -> s.group(1) + s.group(2) + s.group(3) + "[" + s.group(4)));

  @BeforeEach
  void aLoaderThatReadsTheBrokenFilesFirst() throws Exception {
    List<URL> path = new ArrayList<>(List.of(folder.toUri().toURL()));
    for (String entry :
        System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
      path.add(Path.of(entry).toUri().toURL());
    }
    loader =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()) {
          @Override
          public Enumeration<URL> findResources(String name) {
            // Else what is missing in the broken file would come from the other one of its name.
            URL first = findResource(name);
            return Collections.enumeration(first == null ? List.of() : List.of(first));
          }
        };
    load = loader.loadClass(ConfigLoader.class.getName()).getMethod("load", Properties.class);
  }

  @AfterEach
  void close() throws IOException {
    loader.close();
  }

  /** The refusal; empty where the file was accepted. */
  private String refusal(Path file, List<String> lines) throws Exception {
    Path broken = folder.resolve(CONF.relativize(file).toString());
    Files.createDirectories(broken.getParent());
    Files.write(broken, lines);
    Properties properties = new Properties();
    if (file.getParent().endsWith("environments")) {
      properties.put("kcp.env", file.getFileName().toString().replace(".conf", ""));
    }
    try {
      load.invoke(null, properties);
      return "";
    } catch (InvocationTargetException thrown) {
      Throwable cause = thrown.getCause();
      assertThat(cause.getClass().getSimpleName())
          .as("%s: %s", file, cause)
          .isEqualTo("ConfigException");
      return cause.getMessage();
    } finally {
      Files.delete(broken);
    }
  }

  @Test
  void eachIsRefusedInSentencesAndNothingIsTakenForWhatItIsNot() throws Exception {
    int tried = 0;
    List<String> accepted = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CONF)) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith(".conf"))
              .filter(path -> !path.toString().contains("kubernetes"))
              .filter(path -> !path.endsWith("gatling.conf"))
              .sorted()
              .toList()) {
        List<String> lines = Files.readAllLines(file);
        for (int number = 0; number < lines.size(); number++) {
          Matcher setting = SETTING.matcher(lines.get(number));
          if (!setting.matches()) {
            continue;
          }
          for (Map.Entry<String, Break> how : BREAKS.entrySet()) {
            List<String> broken = new ArrayList<>(lines);
            broken.set(number, how.getValue().of(setting));
            String refusal = refusal(file, broken);
            String what =
                "%s:%d %s, %s".formatted(file, number + 1, setting.group(2), how.getKey());
            tried++;
            if (refusal.isEmpty()) {
              accepted.add(what);
            } else {
              mustBeReadable(what, refusal);
            }
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(700);
    // What may be left out has a default that is safe: no rows of another size.
    assertThat(accepted)
        .extracting(what -> what.substring(what.indexOf(' ') + 1))
        .containsExactly("kcp.findings.drift.created-row-bytes, left out");
  }

  private static void mustBeReadable(String what, String refusal) {
    assertThat(refusal).as(what).doesNotContain("Exception", "\tat ", "com.typesafe");
    List<String> problems =
        Arrays.stream(refusal.split("\n")).filter(line -> line.startsWith("  - ")).toList();
    assertThat(problems).as(what + "\n" + refusal).hasSizeBetween(1, 12);
    assertThat(problems).as(what).allMatch(line -> line.length() < 600);
  }
}
