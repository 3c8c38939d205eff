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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nights of GitHub and GitLab. */
@Tag("slow")
class WorkflowsTest {
  private static final Path WORKFLOW = Path.of(".github", "workflows", "nightly.yml");
  private static final Path GITLAB = Path.of("conf", "ci", "gitlab-nightly.yml");
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void theLinterOfGithubsWorkflowsFindsNothing() throws Exception {
    Optional<Path> linter =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(":")),
                Stream.of(System.getProperty("user.home") + "/go/bin"))
            .map(folder -> Path.of(folder, "actionlint"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(linter.isPresent(), "no actionlint on the PATH: the workflow is not linted");
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(linter.get()), workflows().stream())
                    .map(Path::toString)
                    .toList())
            .redirectErrorStream(true)
            .start();
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
    for (Path file : workflows()) {
      JsonNode workflow = YAML.readTree(file.toFile());
      List<String> actions = new ArrayList<>();
      workflow.findValues("uses").forEach(action -> actions.add(action.asText()));
      assertThat(actions)
          .as(file.toString())
          .isNotEmpty()
          .allMatch(action -> action.matches("[\\w/-]+@[0-9a-f]{40}"));
      assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
    }
  }

  @Test
  void bothNightsRunTheSameTests() throws IOException {
    JsonNode github = YAML.readTree(WORKFLOW.toFile()).at("/jobs/test/strategy/matrix/test");
    JsonNode gitlab = YAML.readTree(GITLAB.toFile()).at("/kcp-test/parallel/matrix/0/TEST");
    assertThat(github).isEqualTo(gitlab).hasSize(3);
    assertThat(YAML.readTree(GITLAB.toFile()).at("/.kcp-test/script/0").asText())
        .startsWith("conf/ci/run-test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"conf/ci/run-test", "src/distribution/bin/kcp", ".ci/run"})
  void theScriptsAreShell(String script) throws Exception {
    assertThat(Path.of(script)).isExecutable();
    Process process = new ProcessBuilder("bash", "-n", script).redirectErrorStream(true).start();
    String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(found).isZero();
  }
}
