package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.soundcore.kcp.run.Answered.Example;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.Printed;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are broken or hostile are named one at a time; the others are judged. */
class HostileInputsTest {
  /** Markup of each format that a report is written in, and commands of each reader of output. */
  private static final String HOSTILE =
      "\u001b]0;owned\u0007\u001b[2J\u009b31m\r\n::error title=x::y\n##[add-mask]z\n"
          + "</script><img src=x onerror=alert(1)>![x](javascript:alert(1))`|]]>&#x0;"
          + "\u0000\u000b\uFFFE\uD800\u202Egnp\u2028";

  @TempDir private Path folder;

  private record Ended(int code, String output) {}

  private static Ended kcp(Object... arguments) {
    String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    AtomicInteger code = new AtomicInteger();
    String output = Printed.by(() -> code.set(Kcp.commandLine().execute(words)));
    assertThat(output).doesNotContain("\tat ").doesNotContain("Unexpected error");
    return new Ended(code.get(), output);
  }

  private Path part(int injector) {
    Path path = folder.resolve("part-" + injector);
    RunFolder run =
        new SyntheticRun().injector(injector, 3).write(path, new SyntheticRun.Order() {});
    run.write(List.of(new ResourceSample(5, "auth", Map.of("cpu", 0.2))));
    run.writeExamples(List.of());
    return path;
  }

  private Ended merged(Path into) {
    return kcp("merge", part(0), folder.resolve("part-1"), part(2), "--into", into);
  }

  private Path merged() {
    return folder.resolve("merged");
  }

  private static void padded(Path log) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, bytes.length + 4096));
  }

  private static void altered(Path file, String from, String to) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a cut log",
        "a padded log",
        "another version",
        "empty facts",
        "facts of nothing",
        "cut facts",
        "no log"
      })
  void oneUnreadableInjectorIsNamedAndTheOthersAreMerged(String what) throws IOException {
    Path broken = part(1);
    Path log = broken.resolve("simulation.log");
    Path facts = broken.resolve("kcp/run.json");
    switch (what) {
      case "a cut log" -> Files.write(log, Arrays.copyOf(Files.readAllBytes(log), 5000));
      case "a padded log" -> padded(log);
      case "another version" -> altered(log, "3.15.1", "3.14.9");
      case "empty facts" -> Files.writeString(facts, "");
      case "facts of nothing" -> Files.writeString(facts, "{}");
      case "cut facts" -> Files.writeString(facts, "{\"setup\": {");
      default -> Files.delete(log);
    }
    Ended ended = merged(merged());
    assertThat(ended.output())
        .contains("left out, counts as missing: ", "part-1")
        .contains("1 of 3 injectors are missing (1)");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(new RunFolder(merged()).facts().parts()).hasSize(2);
  }

  @Test
  void anOptionalFileOfOneInjectorIsNamedAndTheMergeIsWhole() throws IOException {
    Path broken = part(1);
    Files.writeString(broken.resolve("kcp/examples.json"), "[null]");
    Files.writeString(part(0).resolve("kcp/resources.json"), "[{\"second\":");
    Ended ended = kcp("merge", folder.resolve("part-0"), broken, part(2), "--into", merged());
    assertThat(ended.output().lines().filter(line -> line.startsWith("left out: ")))
        .hasSize(2)
        .anyMatch(line -> line.contains("part-1/kcp/examples.json"))
        .anyMatch(line -> line.contains("part-0/kcp/resources.json"));
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(new RunFolder(merged()).resources()).hasSize(1);
  }

  private RunFolder run() {
    return new SyntheticRun().write(folder.resolve("run"), new SyntheticRun.Order() {});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "[]", "\"text\"", "{\"setup\": null}", "{\"setup\": {}}"})
  void factsThatAreNoneAreRefusedInASentence(String text) throws IOException {
    RunFolder run = run();
    Files.writeString(run.file("run.json"), text);
    Ended ended = kcp("report", run.path());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output()).startsWith("INVALID: ").contains("run.json cannot be ");
  }

  @Test
  void factsAndFiguresThatWereAlteredAfterTheRunAreFoundOut() throws IOException {
    RunFolder run = run();
    altered(run.file("run.json"), "\"plannedArrivals\" : 6000", "\"plannedArrivals\" : 5000");
    Ended ended = kcp("report", run.path());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output()).contains("run.json is not what it was when its run ended");
  }

  @Test
  void aLogWithZerosAtItsEndIsReadUpToThem() throws IOException {
    RunFolder run = new SyntheticRun().unfinished().write(folder, new SyntheticRun.Order() {});
    Files.delete(run.file("simulation.log.crc32c"));
    padded(run.log());
    Ended ended = kcp("report", folder);
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output()).contains("the run was stopped before its end");
    JsonNode summary = new ObjectMapper().readTree(run.file("summary.json").toFile());
    assertThat(summary.at("/services/knowledge/requests").asInt()).isEqualTo(3000);
  }

  @Test
  void afterAPowerCutAtAnyMomentWhatIsLeftIsReportedAndIsNoPass() throws IOException {
    RunFolder run = new SyntheticRun().unfinished().write(folder, new SyntheticRun.Order() {});
    Files.delete(run.file("simulation.log.crc32c"));
    byte[] log = Files.readAllBytes(run.log());
    byte[] facts = Files.readAllBytes(run.file("run.json"));
    for (int moment = 1; moment <= 10; moment++) {
      // The log has lost its last blocks, and the draft of the next facts was never flushed.
      byte[] left = Arrays.copyOf(log, log.length * moment / 10);
      Files.write(run.log(), Arrays.copyOf(left, left.length + 512 * moment));
      Files.write(run.file("run.json.draft"), Arrays.copyOf(facts, facts.length * moment / 11));
      Ended ended = kcp("report", folder);
      assertThat(ended.code()).as("moment %d", moment).isEqualTo(3);
      assertThat(ended.output()).contains("the run was stopped before its end");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"examples.json", "resources.json", "database.json"})
  void anOptionalFileThatCannotBeReadCostsNoVerdict(String name) throws IOException {
    RunFolder run = run();
    Files.writeString(run.file(name), "[{]");
    Ended ended = kcp("report", run.path());
    assertThat(ended.output()).contains(name + " cannot be read");
    assertThat(ended.code()).as(ended.output()).isZero();
  }

  @Test
  void aNightWhoseSummaryIsEmptyIsNamedAndTheTrendGoesOn() throws IOException {
    for (String text : List.of("", "{}", "[1", "{\"run\": {\"startedAt\": \"yesterday\"}}")) {
      Path broken = folder.resolve("broken-" + Math.abs(text.hashCode())).resolve("kcp");
      Files.writeString(Files.createDirectories(broken).resolve("summary.json"), text);
    }
    Files.write(folder.resolve("acknowledged.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
    kcp("report", run().path());
    Ended ended = kcp("trend", folder);
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output().lines().filter(line -> line.startsWith("left out: "))).hasSize(5);
    assertThat(Files.readString(folder.resolve("trend.html"))).contains("<td>PASS</td>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "{\"verdict\": {}}", "[[["})
  void aSummaryWithoutAVerdictIsNone(String text) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("kcp")).resolve("summary.json"), text);
    Ended ended = kcp("status", folder);
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output()).startsWith("INVALID: ").contains("To judge");
  }

  @Test
  void hostileTextsAreTextInEachFormatOfTheReport() throws Exception {
    RunFolder run =
        new SyntheticRun()
            .of("qps10k")
            .withWorkload(HOSTILE)
            .id(HOSTILE)
            .write(
                folder,
                SyntheticRun.Order.failing(
                    (service, second, number) -> service.equals("auth") ? HOSTILE : ""));
    run.writeExamples(
        List.of(
            example("javascript:alert(1)"),
            example(" javascript:alert(1)"),
            example("data:text/html,x"),
            example("https://traces.example/1")));
    Ended ended = kcp("report", folder);
    assertThat(ended.code()).isEqualTo(2);
    mustBeHarmless(ended.output());
    mustBeHarmless(kcp("status", folder, "--github").output().replaceAll("(?m)^::error ", ""));
    for (String name : List.of("summary.md", "junit.xml", "report.html", "summary.json")) {
      mustBeHarmless(Files.readString(run.file(name)));
    }
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(Files.readAllBytes(run.file("junit.xml"))));
    assertThat(Files.readString(run.file("summary.md")).replaceAll("\\\\.", ""))
        .doesNotContain("<img", "![x](");
    assertThat(Files.readString(run.file("report.html")))
        .contains("href=\"https://traces.example/1\"")
        .doesNotContain(
            "<img src=x", "href=\"javascript", "href=\" javascript", "href=\"data:text");
    JsonNode summary = new ObjectMapper().readTree(run.file("summary.json").toFile());
    List<String> links = new ArrayList<>();
    summary.path("examples").forEach(one -> links.add(one.path("link").asText()));
    assertThat(links).containsExactlyInAnyOrder("", "", "", "https://traces.example/1");
  }

  private static Example example(String link) {
    return new Example(3, "auth / call", "GET /" + HOSTILE, 4, HOSTILE, HOSTILE, "t1", link);
  }

  /** No character that a terminal acts upon, and no line that GitHub takes for a command. */
  private static void mustBeHarmless(String text) {
    assertThat(text).doesNotContainPattern("[\\p{Cc}&&[^\\n\\r\\t]]|[\\p{Cf}\\u2028]");
    assertThat(text.lines())
        .noneMatch(line -> line.strip().startsWith("::") || line.strip().startsWith("##["));
  }

  @Test
  void aTitleOfAnAnnotationEndsWhereItShould() throws IOException {
    RunFolder run = run();
    kcp("report", run.path());
    ObjectNode summary =
        (ObjectNode) new ObjectMapper().readTree(run.file("summary.json").toFile());
    ((ObjectNode) summary.path("run")).put("simulation", "x::y,file=z");
    ((ObjectNode) summary.path("verdict")).put("status", "FAIL").putArray("reasons").add("slow");
    new ObjectMapper().writeValue(run.file("summary.json").toFile(), summary);
    assertThat(kcp("status", run.path(), "--github").output())
        .startsWith("::error title=FAIL: x%3A%3Ay%2Cfile=z::slow");
  }
}
