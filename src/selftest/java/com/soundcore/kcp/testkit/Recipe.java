package com.soundcore.kcp.testkit;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A section of extending.md, for tests.
 *
 * @param title its heading
 * @param text what stands below it
 */
public record Recipe(String title, String text) {
  private static final Path PAGE = Path.of("src/site/markdown/extending.md");
  private static final Path JAVA = Path.of("src/test/java/com/soundcore/kcp");
  private static final Path TESTS = Path.of("src/selftest/java/com/soundcore/kcp");
  private static final List<Path> TREE = walked();
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern IN_THE_TREE = Pattern.compile("(src|conf)/.*");
  private static final Pattern CLASS =
      Pattern.compile("([a-z]+(?:\\.[a-z]+)*\\.)?([A-Z]\\w*)(?:\\.(\\w+))*");

  /** All of them, in their order. */
  public static List<Recipe> all() {
    return Arrays.stream(read(PAGE).split("\n## "))
        .skip(1)
        .map(section -> section.split("\n", 2))
        .map(parts -> new Recipe(parts[0].strip(), parts[1]))
        .toList();
  }

  /** The one with this heading. */
  public static Recipe of(String title) {
    return all().stream()
        .filter(recipe -> recipe.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("extending.md has no '" + title + "'"));
  }

  /** The text of a file. */
  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() {
    return NAME.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** Files that it does not name; a new class is named by a class beside it. */
  public List<String> unnamed(Collection<String> files) {
    return files.stream()
        .filter(file -> names().stream().noneMatch(name -> means(name, file)))
        .toList();
  }

  private static boolean means(String name, String file) {
    if (IN_THE_TREE.matcher(name).matches()) {
      return glob(name).matches(Path.of(file));
    }
    Path source = Path.of(file);
    boolean isNew = !Files.exists(source);
    if (name.startsWith("backend.<")) {
      return isNew && source.startsWith(JAVA.resolve("backend"));
    }
    return javaFile(name)
        .filter(named -> isNew ? beside(named, source) : named.equals(source))
        .findFirst()
        .isPresent();
  }

  private static boolean beside(Path named, Path source) {
    return named.startsWith(JAVA) && named.getParent().equals(source.getParent());
  }

  /** Names that stand for nothing in the tree. */
  public List<String> unresolved() {
    List<String> unresolved = new ArrayList<>();
    for (String name : names()) {
      if (!isThere(name)) {
        unresolved.add(name);
      }
    }
    return unresolved;
  }

  private boolean isThere(String name) {
    if (name.startsWith("mvn ")) {
      return read(Path.of("pom.xml")).contains("<id>" + goal(name) + "</id>");
    }
    if (IN_THE_TREE.matcher(name).matches()) {
      return found(name);
    }
    if (name.startsWith("kcp.")) {
      String key = name.replace("<name>", "knowledge");
      return ConfigFactory.parseResources("kcp.conf").resolve().hasPath(key);
    }
    if (name.equals("backend.<name>")) {
      return Files.isDirectory(JAVA.resolve("backend/content"));
    }
    if (CLASS.matcher(name).matches()) {
      return javaFile(name).findFirst().isPresent() || isSimulation(name);
    }
    if (name.startsWith("gatling.")) {
      return ConfigFactory.parseResources("gatling.conf").resolve().hasPath(name);
    }
    // A word of the configuration or of a switch: it stands in a file that the recipe names.
    String word = name.replaceAll(" = .*", "").replace("p99_9", "p99");
    return names().stream()
        .flatMap(Recipe::files)
        .anyMatch(
            file ->
                Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])")
                    .matcher(read(file))
                    .find());
  }

  private static String goal(String command) {
    return command.replaceAll(".*exec:java@(\\w+).*", "$1");
  }

  private static boolean isSimulation(String name) {
    return Files.exists(Path.of("src/test/java", name + ".java"));
  }

  private static Stream<Path> files(String name) {
    if (!IN_THE_TREE.matcher(name).matches()) {
      return javaFile(name);
    }
    return Stream.of(Path.of(name)).filter(Files::isRegularFile);
  }

  /** The source of a class, with its room or without, where all its members are. */
  private static Stream<Path> javaFile(String name) {
    Matcher parts = CLASS.matcher(name);
    if (!parts.matches()) {
      return Stream.empty();
    }
    String room = parts.group(1) == null ? "" : parts.group(1);
    String simple = parts.group(2);
    String members = name.substring(room.length() + simple.length());
    return TREE.stream()
        .filter(file -> file.startsWith(JAVA) || file.startsWith(TESTS))
        .filter(file -> file.getFileName().toString().equals(simple + ".java"))
        .filter(
            file ->
                room.isEmpty() || file.endsWith(Path.of(room.replace('.', '/'), simple + ".java")))
        .filter(
            file ->
                Arrays.stream(members.split("\\."))
                    .allMatch(
                        member ->
                            Pattern.compile("\\b" + member + "\\b").matcher(read(file)).find()));
  }

  private static boolean found(String name) {
    PathMatcher wanted = glob(name);
    return TREE.stream().anyMatch(wanted::matches);
  }

  private static PathMatcher glob(String name) {
    return FileSystems.getDefault().getPathMatcher("glob:" + name.replace("<name>", "*"));
  }

  private static List<Path> walked() {
    List<Path> all = new ArrayList<>();
    for (String root : List.of("src", "conf")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files.forEach(all::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }
}
