package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.run.DatabaseSample.Scan;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import com.soundcore.kcp.run.DatabaseSample.Timed;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written beside a log is read back as it was. */
class RunFolderFilesTest {
  @TempDir private Path path;

  private RunFolder folder() {
    return new RunFolder(path);
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(folder().file(name), text);
  }

  @Test
  void theFactsOfARunAreReadBack() {
    RunEnd end =
        new RunEnd(
            true,
            new CountsBySecond(Map.of("auth", Map.of(3, 2L))),
            CountsBySecond.NONE,
            List.of(new GeneratorSample(0, 0.1, 0.2, 3, 4, 5, 6, 7, 0.5, 8, 0.2, 0.1)),
            Map.of("auth / me", new Answered(7, 8)),
            new Stopped(15, "too many errors"),
            9,
            10L,
            new SearchRecord(
                null, 20.5, List.of(new SearchLevel(1, 2, 3.5, true, false, "slow")), null, "why"),
            12);
    RunMetadata facts = new SyntheticRun().facts().ended(end);
    assertThat(folder().hasFacts()).isFalse();
    folder().write(facts);
    assertThat(folder().hasFacts()).isTrue();
    assertThat(folder().facts()).isEqualTo(facts);
    assertThat(path.resolve("kcp/run.json.draft")).doesNotExist();
  }

  @Test
  void whatAnotherVersionWroteBesideIsIgnored() throws IOException {
    RunMetadata facts = new SyntheticRun().facts();
    folder().write(facts);
    Path file = path.resolve("kcp/run.json");
    String text = Files.readString(file);
    Files.writeString(file, "{\"novelty\": 1," + text.substring(1));
    assertThat(folder().facts()).isEqualTo(facts);
  }

  @Test
  void samplesAndExamplesAreReadBack() {
    List<ResourceSample> resources =
        List.of(new ResourceSample(1.5, "auth", Map.of("cpu", 0.5, "heap", 3e6)));
    List<DatabaseSample> database =
        List.of(
            new DatabaseSample(
                2,
                "main",
                List.of(new Statement("SELECT", "app", 1, 2, 3, 4)),
                List.of(new LockWait("app", "UPDATE", "job", "LOCK", true, 5, 6)),
                List.of(new Scan("items", 1000)),
                List.of(new Timed("SELECT", 7, 8))));
    List<Answered.Example> examples =
        List.of(
            new Answered.Example(3, "auth / me", "GET /me", 40, "wrong", "{}", "t1", "http://t1"));
    folder().write(resources);
    folder().writeDatabase(database);
    folder().writeExamples(examples);
    assertThat(folder().resources()).isEqualTo(resources);
    assertThat(folder().database()).isEqualTo(database);
    assertThat(folder().examples()).isEqualTo(examples);
  }

  @Test
  void nothingIsReadWhereNothingWasWritten() {
    assertThat(folder().resources()).isEmpty();
    assertThat(folder().database()).isEmpty();
    assertThat(folder().examples()).isEmpty();
    assertThat(folder().reportedStatus()).isEmpty();
    assertThat(path.resolve("kcp")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resources.json", "summary.json", "run.json"})
  void aFileThatIsCutIsNamed(String name) throws IOException {
    put(name, "[{\"second\":");
    RunFolder folder = folder();
    assertThatThrownBy(
            () -> {
              folder.resources();
              folder.reportedStatus();
              folder.facts();
            })
        .isInstanceOf(LogException.class)
        .hasMessageStartingWith(path.resolve("kcp").resolve(name) + " cannot be read: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resources.json | [{'second':1,'figures':{}}]",
        "resources.json | [{'second':1,'service':'auth'}]",
        "resources.json | [{'second':1,'service':'auth','figures':{'cpu':null}}]",
        "database.json | [{'second':1,'resource':'main'}]"
      })
  void aSampleThatLacksAValueIsNamedWithItsFile(String name, String text) throws IOException {
    put(name, text.replace('\'', '"'));
    RunFolder folder = folder();
    assertThatThrownBy(name.startsWith("resources") ? folder::resources : folder::database)
        .isInstanceOf(LogException.class)
        .hasMessageStartingWith(path.resolve("kcp").resolve(name) + " cannot be read: ");
  }

  @Test
  void theReportedStatusIsThatOfTheVerdict() throws IOException {
    put("summary.json", "{\"status\": \"PASS\", \"verdict\": {\"status\": \"FAIL\"}}");
    assertThat(folder().reportedStatus()).contains("FAIL");
  }

  @Test
  void aFolderThatCannotBeMadeOrWrittenIsAnError() throws IOException {
    Files.writeString(path.resolve("kcp"), "no folder");
    RunFolder folder = folder();
    assertThatThrownBy(() -> folder.file("any")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aFileThatCannotBeWrittenIsAnError() throws IOException {
    for (String name :
        List.of(
            "run.json.draft",
            "resources.json.draft",
            "database.json.draft",
            "examples.json.draft")) {
      Files.createDirectories(path.resolve("kcp").resolve(name));
    }
    RunFolder folder = folder();
    RunMetadata facts = new SyntheticRun().facts();
    assertThatThrownBy(() -> folder.write(facts)).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> folder.write(List.of())).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> folder.writeDatabase(List.of()))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> folder.writeExamples(List.of()))
        .isInstanceOf(UncheckedIOException.class);
  }
}
