package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.onboarding.Seeder;
import com.soundcore.kcp.preflight.Preflight;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.BackendClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From nothing to an environment that can be loaded: kcp init, kcp seed. */
class FirstDayTest {
  @TempDir private Path folder;

  private record Said(int exitCode, String output) {}

  private static Said kcp(List<String> arguments) {
    PrintStream console = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Kcp.commandLine().execute(arguments.toArray(String[]::new));
      return new Said(exitCode, output.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(console);
    }
  }

  private Said init(Map<String, Integer> ports, String... more) {
    List<String> arguments = new ArrayList<>(List.of("init", "mine", "--into=" + folder));
    ports.forEach((name, port) -> arguments.add("--url=" + name + "=http://127.0.0.1:" + port));
    arguments.addAll(List.of(more));
    return kcp(arguments);
  }

  private KcpConfig written() throws IOException {
    return ConfigLoader.withEnvironment("mine", Files.readString(folder.resolve("mine.conf")));
  }

  @Test
  void initLooksAndWritesAnEnvironmentThatPassesItsPreflight() throws IOException {
    try (BackendClient backend = new BackendClient(2000, false)) {
      Said said = init(backend.ports());
      assertThat(said.exitCode()).isZero();
      assertThat(said.output())
          .contains("knowledge  http://127.0.0.1:", "healthy, version v1, figures of its process")
          .contains("knowledge items: 1,200 rows; a run wants 1,000")
          .contains("next       mvn gatling:test -Dkcp.env=mine");
      KcpConfig config = written();
      Http http = new Http(config.preflight().callTimeout(), Optional.empty());
      assertThat(Preflight.of(config, http, config.workloads().get("tour")).caveats()).isEmpty();
      assertThat(init(backend.ports()).output()).contains("is there already");
      assertThat(init(backend.ports(), "--force").exitCode()).isZero();
    }
  }

  @Test
  void initNeverUnmarksProductionNorWritesItUnmarked() throws IOException {
    try (BackendClient backend = new BackendClient(2000, false)) {
      assertThat(init(backend.ports(), "--production").exitCode()).isZero();
      Said again = init(backend.ports(), "--force");
      assertThat(again.exitCode()).isEqualTo(3);
      assertThat(again.output())
          .contains("mine.conf marks it as production, and --force does not change that");
      assertThat(written().environment().production()).isTrue();
      assertThat(init(backend.ports(), "--force", "--production").exitCode()).isZero();
    }
    Said other =
        kcp(
            List.of(
                "init",
                "other",
                "--into=" + folder,
                "--gateway=https://KCP.production.example:8001"));
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.output())
        .contains("is marked production by conf/environments/production.conf")
        .contains("init other --production");
  }

  @Test
  void initFindsOutTheDialect() throws IOException {
    try (BackendClient planned = new BackendClient(2000, true)) {
      assertThat(init(planned.ports()).output()).contains("with the paths of planned-dialect");
      assertThat(written().allServices().get("knowledge").operations().get("list").path())
          .startsWith("/api/v1/knowledge/items?");
    }
  }

  @Test
  void initSaysWhatIsMissing() {
    assertThat(kcp(List.of("init", "mine", "--into=" + folder)).output())
        .contains("INVALID: The URL of knowledge is missing. Such as: ./kcp ")
        .contains("init staging --gateway");
    assertThat(kcp(List.of("init", "My Staging", "--gateway=http://127.0.0.1:1")).output())
        .contains("'My Staging' is not a valid name of an environment");
    Said nobody = kcp(List.of("init", "mine", "--into=" + folder, "--gateway=http://127.0.0.1:1"));
    assertThat(nobody.output()).contains("not healthy: ", "next       start what is not healthy");
  }

  @Test
  void seedFillsGoesOnWhereItStoppedAndTakesItAwayAgain() throws IOException {
    try (BackendClient backend = new BackendClient(4000, false)) {
      init(backend.ports());
      String file = Files.readString(folder.resolve("mine.conf"));
      Http http = new Http(Duration.ofSeconds(3), Optional.empty());
      List<String> lines = new ArrayList<>();
      String fast = "\nkcp.sample-rows { calls-per-second = 1000, products = 50 }";
      KcpConfig some =
          ConfigLoader.withEnvironment("mine", file + fast + "\nkcp.sample-rows.items = 120");
      assertThat(new Seeder(some, http, lines::add).fill())
          .isEqualTo("50 products and 120 items are there, counted again.");
      assertThat(lines).contains("[##########] 120 of 120 items");
      KcpConfig more =
          ConfigLoader.withEnvironment("mine", file + fast + "\nkcp.sample-rows.items = 300");
      lines.clear();
      assertThat(new Seeder(more, http, lines::add).fill())
          .isEqualTo("50 products and 300 items are there, counted again.");
      assertThat(lines).first().asString().contains("170 of 300 items");
      assertThat(
              backend
                  .get("knowledge", "/api/v1/knowledge/?tags=kcp-sample")
                  .json()
                  .path("total")
                  .asInt())
          .isEqualTo(300);
      assertThat(new Seeder(more, http, lines::add).remove()).isEqualTo("300 items removed.");
      assertThat(new Seeder(some, http, lines::add).fill()).contains("120 items are there");
    }
  }

  @Test
  void seedRefusesProductionAndTheEmbeddedBackend() {
    Http http = new Http(Duration.ofSeconds(1), Optional.empty());
    KcpConfig embedded = ConfigLoader.load(new Properties());
    assertThatThrownBy(() -> new Seeder(embedded, http, line -> {}))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("The embedded backend starts with its rows");
    assertThat(kcp(List.of("seed", "production")).output())
        .contains("INVALID: Environment production is marked production: it is not filled");
    assertThat(kcp(List.of("seed", "stagin")).output()).contains("did you mean staging?");
  }
}
