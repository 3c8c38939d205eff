package com.soundcore.kcp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.lifecycle.FleetManifests;
import com.soundcore.kcp.run.Status;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The manifests of a run against the schemas of Kubernetes' own API, and a cluster's API server.
 */
@Tag("full")
class ManifestsTest {
  /** Names the kubeconfig of a cluster that tests may use; never the user's own by accident. */
  private static final String CLUSTER = "KCP_TEST_KUBECONFIG";

  private static final String NAMESPACE = "kcp-manifests";
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 31, 22, 0, 7);
  private static final YAMLMapper YAML = new YAMLMapper();

  static Stream<Arguments> everyTestOfThreeSizes() {
    return ConfigLoader.load(properties()).tests().keySet().stream()
        .flatMap(test -> Stream.of(1, 5, 20).map(count -> Arguments.of(test, count)));
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("kcp.env", "staging");
    return properties;
  }

  private static String yaml(String test, int injectors, String image, Properties properties) {
    FleetManifests.Order order =
        new FleetManifests.Order(test, injectors, image, "100m", "1Gi", "kcp-secrets", "");
    return new FleetManifests(ConfigLoader.load(properties), order, properties)
        .yaml(NOW, new byte[] {1, 2});
  }

  private static List<JsonNode> documents(String text) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).forEachRemaining(documents::add);
    return documents;
  }

  /** Unknown fields, missing ones and wrong shapes are refused at every depth. */
  private static void validate(JsonNode document) throws IOException {
    JsonElement json = JsonParser.parseString(document.toString());
    switch (document.path("kind").asText()) {
      case "Job" -> V1Job.validateJsonElement(json);
      case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
      case "Service" -> V1Service.validateJsonElement(json);
      case "Secret" -> V1Secret.validateJsonElement(json);
      case "ConfigMap" -> V1ConfigMap.validateJsonElement(json);
      default -> throw new IllegalArgumentException("no schema for " + document.path("kind"));
    }
  }

  private static List<JsonNode> jobs(String yaml) throws IOException {
    return documents(yaml).stream().filter(it -> it.path("kind").asText().equals("Job")).toList();
  }

  @ParameterizedTest
  @MethodSource("everyTestOfThreeSizes")
  void everyManifestIsWhatTheApiKnowsAndNamesItsRun(String test, int injectors) throws IOException {
    String yaml = yaml(test, injectors, "registry/kcp@sha256:0123", properties());
    assertThat(yaml).doesNotContain("${");
    for (JsonNode document : documents(yaml)) {
      assertThatCode(() -> validate(document)).doesNotThrowAnyException();
      assertThat(document.at("/metadata/name").asText())
          .startsWith("kcp-" + test + "-20260131-220007");
    }
    JsonNode job = jobs(yaml).get(1);
    assertThat(job.at("/spec/completions").asInt()).isEqualTo(injectors);
    assertThat(job.at("/spec/parallelism").asInt()).isEqualTo(injectors);
    assertThat(job.at("/spec/backoffLimit").asInt(1)).isZero();
  }

  /** Rules that no schema has, such as limits that depend on another field. */
  @ParameterizedTest
  @MethodSource("everyTestOfThreeSizes")
  void theApiServerAcceptsThemInARestrictedNamespaceWithoutAWarning(
      String test, int injectors, @TempDir Path folder) throws Exception {
    String cluster = System.getenv(CLUSTER);
    assumeTrue(cluster != null, CLUSTER + " names no kubeconfig of a cluster for tests");
    Path file = folder.resolve("run.yaml");
    Files.writeString(file, yaml(test, injectors, "registry/kcp:1", properties()));
    kubectl(cluster, "create", "namespace", NAMESPACE);
    kubectl(
        cluster,
        "label",
        "--overwrite",
        "namespace/" + NAMESPACE,
        "pod-security.kubernetes.io/enforce=restricted",
        "pod-security.kubernetes.io/warn=restricted");
    String said =
        kubectl(
            cluster, "--namespace=" + NAMESPACE, "apply", "--dry-run=server", "--filename=" + file);
    assertThat(said.lines())
        .hasSize(7)
        .allMatch(line -> line.endsWith(" created (server dry run)"));
  }

  private static String kubectl(String cluster, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig=" + cluster));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  @Test
  void aMistypedFieldIsNoticed() throws IOException {
    String text = yaml("qps10k", 2, "kcp:1", properties());
    JsonNode mistyped = jobs(text.replace("topologyKey:", "topologykey:")).get(1);
    assertThatThrownBy(() -> validate(mistyped)).hasMessageContaining("topologykey");
  }

  @Test
  void aContainerMayDoNothingThatItNeedNot() throws IOException {
    for (JsonNode job : jobs(yaml("qps10k", 2, "kcp:1", properties()))) {
      JsonNode pod = job.at("/spec/template/spec");
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      JsonNode container = pod.at("/containers/0/securityContext");
      assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    }
  }

  @Test
  void anInjectorThatEndsInvalidEndsTheJob() throws IOException {
    JsonNode rule =
        jobs(yaml("qps10k", 2, "kcp:1", properties())).get(1).at("/spec/podFailurePolicy/rules/0");
    assertThat(rule.path("action").asText()).isEqualTo("FailJob");
    assertThat(rule.at("/onExitCodes/values"))
        .extracting(JsonNode::asInt)
        .containsExactly(Status.INVALID.exitCode());
  }

  @Test
  void propertiesGoOnToEveryProcessButForItsOwnFolder() throws IOException {
    Properties properties = properties();
    properties.setProperty("kcp.load-scale", "0.5");
    properties.setProperty("kcp.results-folder", "mine");
    for (JsonNode job : jobs(yaml("qps10k", 2, "kcp:1", properties))) {
      assertThat(job.at("/spec/template/spec/containers/0/args"))
          .extracting(JsonNode::asText)
          .contains("-Dkcp.env=staging", "-Dkcp.load-scale=0.5")
          .noneMatch(arg -> arg.contains("=mine"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | kcp:1 } # | --image was 'kcp:1 } #'; must be an image",
        "0 | kcp:1 | --injectors was 0; must be from 1 to 1000"
      })
  void whatCannotBeIsRefused(int injectors, String image, String why) {
    assertThatThrownBy(() -> yaml("qps10k", injectors, image, properties()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(why);
  }

  @Test
  void theEmbeddedBackendHasNoPlaceInACluster() {
    assertThatThrownBy(() -> yaml("qps10k", 2, "kcp:1", new Properties()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kcp.env was 'embedded'; must be an environment whose services");
  }
}
