package com.soundcore.kcp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nights of GitHub and GitLab. */
@Tag("full")
class WorkflowsTest {
  private static final Path WORKFLOW = Path.of(".github", "workflows", "nightly.yml");
  private static final Path WEEKLY = WORKFLOW.resolveSibling("weekly.yml");
  private static final Path ACTION = Path.of(".github", "actions", "load-test", "action.yml");
  private static final Path GITLAB = Path.of("conf", "ci", "gitlab-nightly.yml");
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void theLinterOfGithubsWorkflowsFindsNothing() throws Exception {
    Path linter = program("actionlint", "go/bin");
    findsNothing(
        Stream.concat(Stream.of(linter), workflows().stream()).map(Path::toString).toList());
  }

  @Test
  void theAuditorOfGithubsWorkflowsFindsNothing() throws Exception {
    Path auditor = program("zizmor", ".local/bin");
    findsNothing(List.of(auditor.toString(), "--offline", "--no-progress", ".github"));
  }

  private static Path program(String name, String ofTheUser) {
    Optional<Path> program =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(":")),
                Stream.of(System.getProperty("user.home") + "/" + ofTheUser))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no " + name + " on the PATH: the workflows are not checked");
    return program.get();
  }

  private static void findsNothing(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(found).isZero();
  }

  private static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(WORKFLOW.getParent())) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }

  @Test
  void everyActionIsPinnedAndNothingMayBeWritten() throws IOException {
    assertThat(workflows()).contains(WORKFLOW);
    List<String> publishing = new ArrayList<>();
    for (Path file : Stream.concat(workflows().stream(), Stream.of(ACTION)).toList()) {
      JsonNode workflow = YAML.readTree(file.toFile());
      List<String> actions = new ArrayList<>();
      workflow.findValues("uses").forEach(action -> actions.add(action.asText()));
      assertThat(actions)
          .as(file.toString())
          .isNotEmpty()
          .allMatch(action -> action.matches("[\\w/-]+@[0-9a-f]{40}|\\./\\.github/[\\w/.-]+"));
      if (!file.equals(ACTION)) {
        assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
      }
      // Only a job that publishes may write, and none of them runs anything of the suite.
      for (Map.Entry<String, JsonNode> named : workflow.path("jobs").properties()) {
        JsonNode job = named.getValue();
        if (job.path("permissions").toString().contains("write")) {
          publishing.add(named.getKey());
          assertThat(job.findValuesAsText("run")).noneMatch(run -> run.contains("conf/ci"));
          assertThat(job.toString()).doesNotContain("secrets.");
        }
      }
    }
    assertThat(publishing).containsExactly("gates", "trend", "release");
  }

  @Test
  void nightsAndWeeksRunTheSameTestsOnBoth() throws IOException {
    for (var pair : Map.of(WORKFLOW, "kcp-test", WEEKLY, "kcp-weekly").entrySet()) {
      JsonNode github = YAML.readTree(pair.getKey().toFile()).at("/jobs/test/strategy/matrix/test");
      JsonNode gitlab =
          YAML.readTree(GITLAB.toFile()).at("/" + pair.getValue() + "/parallel/matrix/0/TEST");
      assertThat(github).isEqualTo(gitlab).hasSize(3);
    }
    assertThat(YAML.readTree(GITLAB.toFile()).at("/.kcp-test/script/0").asText())
        .startsWith("conf/ci/run-test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf/ci/run-test",
        "conf/ci/fetch-history",
        "src/distribution/bin/kcp",
        ".ci/run"
      })
  void theScriptsAreShell(String script) throws Exception {
    assertThat(Path.of(script)).isExecutable();
    Process process = new ProcessBuilder("bash", "-n", script).redirectErrorStream(true).start();
    String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(found).isZero();
  }
}
