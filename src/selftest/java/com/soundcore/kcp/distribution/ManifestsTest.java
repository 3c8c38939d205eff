package com.soundcore.kcp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.soundcore.kcp.run.Status;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import java.io.File;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests against the schemas of Kubernetes' own API, as its client for Java has them. */
@Tag("full")
class ManifestsTest {
  private static final Path KUBERNETES = Path.of("conf", "kubernetes");

  /** Names the kubeconfig of a cluster that tests may ask; never the user's own by accident. */
  private static final String CLUSTER = "KCP_TEST_KUBECONFIG";

  private static final YAMLMapper YAML = new YAMLMapper();

  private static List<JsonNode> documents(String text) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).forEachRemaining(documents::add);
    return documents;
  }

  private static JsonNode base(String name) throws IOException {
    return documents(Files.readString(KUBERNETES.resolve("base").resolve(name))).get(0);
  }

  /** Unknown fields, missing ones and wrong shapes are refused at every depth. */
  private static void validate(JsonNode document) throws IOException {
    JsonElement json = JsonParser.parseString(document.toString());
    switch (document.path("kind").asText()) {
      case "Job" -> V1Job.validateJsonElement(json);
      case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
      case "PersistentVolumeClaim" -> V1PersistentVolumeClaim.validateJsonElement(json);
      case "ConfigMap" -> V1ConfigMap.validateJsonElement(json);
      default -> throw new IllegalArgumentException("no schema for " + document.path("kind"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"injectors.yaml", "reporter.yaml", "network.yaml", "results.yaml"})
  void everyManifestIsWhatTheApiKnows(String name) throws IOException {
    JsonNode document = base(name);
    assertThatCode(() -> validate(document)).doesNotThrowAnyException();
    assertThat(document.path("apiVersion").asText()).matches("v1|batch/v1|networking.k8s.io/v1");
  }

  @ParameterizedTest
  @CsvSource({
    "backoffLimitPerIndex, backoffLimitPerIdx",
    "topologyKey, topologykey",
    "podFailurePolicy, podFailurePolicies"
  })
  void aMistypedFieldIsNoticed(String right, String wrong) throws IOException {
    String text = Files.readString(KUBERNETES.resolve("base").resolve("injectors.yaml"));
    JsonNode mistyped = documents(text.replace(right + ":", wrong + ":")).get(0);
    assertThatThrownBy(() -> validate(mistyped)).hasMessageContaining(wrong);
  }

  @ParameterizedTest
  @CsvSource({"1-injector, 1", "5-injectors, 5", "20-injectors, 20"})
  void anOverlayHasSoManyInjectorsInTheJobAndInTheConfiguration(String overlay, int count)
      throws Exception {
    List<JsonNode> documents = documents(kustomized(overlay));
    assertThat(documents)
        .extracting(
            document -> document.at("/metadata/name").asText().replaceAll("-[a-z0-9]{10}$", ""))
        .containsExactlyInAnyOrder(
            "kcp-environment",
            "kcp-run",
            "kcp-results",
            "kcp-injectors",
            "kcp-reporter",
            "kcp-load-test");
    assertThat(documents)
        .filteredOn(document -> document.at("/data").has("KCP_INJECTORS"))
        .extracting(document -> document.at("/data/KCP_INJECTORS").asText())
        .containsExactly(String.valueOf(count));
    for (JsonNode document : documents) {
      assertThatCode(() -> validate(document)).doesNotThrowAnyException();
      if (document.at("/metadata/name").asText().equals("kcp-injectors")) {
        assertThat(document.at("/spec/completions").asInt()).isEqualTo(count);
        assertThat(document.at("/spec/parallelism").asInt()).isEqualTo(count);
        // The schema does not say so; the API server refuses more than completions.
        assertThat(document.at("/spec/maxFailedIndexes").asInt()).isEqualTo(count);
      }
    }
  }

  /** Rules that no schema has, such as limits that depend on another field. */
  @ParameterizedTest
  @ValueSource(strings = {"1-injector", "5-injectors", "20-injectors"})
  void theApiServerAcceptsAnOverlayWithoutAWarning(String overlay) throws Exception {
    String cluster = System.getenv(CLUSTER);
    assumeTrue(cluster != null, CLUSTER + " names no kubeconfig of a cluster for tests");
    String answer =
        kubectl(
            "--kubeconfig",
            cluster,
            "apply",
            "--dry-run=server",
            "-k",
            KUBERNETES.resolve("overlays").resolve(overlay).toString());
    assertThat(answer.lines())
        .contains("job.batch/kcp-injectors created (server dry run)")
        .allMatch(line -> line.endsWith(" created (server dry run)"));
  }

  private static String kustomized(String overlay) throws Exception {
    return kubectl("kustomize", KUBERNETES.resolve("overlays").resolve(overlay).toString());
  }

  private static String kubectl(String... arguments) throws Exception {
    Optional<Path> program =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "kubectl"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no kubectl on the PATH: overlays are not built");
    List<String> command = new ArrayList<>(List.of(program.get().toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  @ParameterizedTest
  @ValueSource(strings = {"injectors.yaml", "reporter.yaml"})
  void aContainerMayDoNothingThatItNeedNot(String name) throws IOException {
    JsonNode pod = base(name).at("/spec/template/spec");
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    JsonNode container = pod.at("/containers/0/securityContext");
    assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
  }

  @Test
  void aVerdictIsNoFailureOfTheMachine() throws IOException {
    JsonNode rule = base("injectors.yaml").at("/spec/podFailurePolicy/rules/0");
    assertThat(rule.path("action").asText()).isEqualTo("FailIndex");
    assertThat(rule.at("/onExitCodes/values"))
        .extracting(JsonNode::asInt)
        .containsExactly(Status.FAIL.exitCode(), Status.INVALID.exitCode());
  }
}
