package com.soundcore.kcp.survival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of {@code matrix/faults.json}; its command tries them all, or those that it is given.
 */
public final class FaultTable {
  /** Those that stand for the others where time is short. */
  private final List<Row> brief = new ArrayList<>();

  private final List<Row> rows = new ArrayList<>();

  FaultTable() {
    try (InputStream file =
        FaultTable.class.getClassLoader().getResourceAsStream("matrix/faults.json")) {
      JsonNode table = new ObjectMapper().readTree(file);
      table.path("rows").forEach(row -> rows.add(Row.of(row, table.path("shapes"))));
      table.path("short").forEach(name -> brief.add(named(name.asText())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Row named(String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  List<Row> rows() {
    return rows;
  }

  List<Row> shortForm() {
    return brief;
  }

  /**
   * Tries the rows whose name has one of the arguments in it, or all; the exit code says whether
   * there are any, and all that could be tried was as expected.
   */
  public static void main(String[] args) throws IOException {
    int fitting = 0;
    int tried = 0;
    int right = 0;
    for (Row row : new FaultTable().rows()) {
      if (args.length > 0 && Stream.of(args).noneMatch(row.name()::contains)) {
        continue;
      }
      fitting++;
      Optional<String> missing = Trial.missing(row);
      if (missing.isPresent()) {
        line("skipped", row, "needs " + missing.get());
        continue;
      }
      List<String> wrong = tried(row);
      tried++;
      right += wrong.isEmpty() ? 1 : 0;
      line(wrong.isEmpty() ? "right" : "WRONG", row, String.join("\n  ", wrong));
    }
    System.out.printf("%d of %d as expected%n", right, tried);
    System.exit(right == tried && fitting > 0 ? 0 : 1);
  }

  private static void line(String mark, Row row, String about) {
    System.out.printf("%-7s  %-11s  %-60s  %s%n", mark, row.group(), row.name(), about);
  }

  /** What was not as expected. */
  static List<String> tried(Row row) throws IOException {
    Path work = Files.createTempDirectory("kcp-fault");
    try {
      return new Trial(row, work).run();
    } catch (AssertionError neverCameSoFar) {
      return List.of(neverCameSoFar.getMessage());
    } finally {
      try (Stream<Path> all = Files.walk(work)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
