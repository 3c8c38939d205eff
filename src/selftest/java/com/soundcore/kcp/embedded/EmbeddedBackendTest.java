package com.soundcore.kcp.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The embedded backend's processes, on ports of their own. */
class EmbeddedBackendTest {
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");

  private static final String NEXT = "To start it on its own, type: ./kcp backend";
  private static final String KILLED =
      "%sit was ended by signal 9 (SIGKILL) and wrote nothing to standard output.\n" + NEXT;

  private static Properties ports() {
    Properties properties = new Properties();
    List<Integer> free = SuiteProcess.freePorts(SERVICES.size());
    for (int i = 0; i < free.size(); i++) {
      properties.put("kcp.environment.urls." + SERVICES.get(i), "http://127.0.0.1:" + free.get(i));
    }
    // Small, so that it starts at once even where memory and processor are scarce.
    properties.put("kcp.backend.jvm-args", "-Xmx128m,-XX:+UseSerialGC,-XX:TieredStopAtLevel=1");
    properties.put("kcp.backend.ready-within", "2m");
    return properties;
  }

  private static int status(KcpConfig config, String service)
      throws IOException, InterruptedException {
    String path = service.equals("support") ? "support/conversations" : "knowledge/";
    URI url = config.environment().urls().get(service).resolve("/api/v1/" + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static List<ProcessHandle> processesOf(KcpConfig config) {
    String port = "--port=support=" + config.environment().urls().get("support").getPort();
    String other = "--port=knowledge=" + config.environment().urls().get("knowledge").getPort();
    return SuiteProcess.all(line -> line.contains(port) || line.contains(other));
  }

  @Test
  void aFaultyServiceHasAProcessOfItsOwnIsSoundUntilTheLoadAndAllEndTogether() throws Exception {
    Properties properties = ports();
    properties.put("kcp.backend.faults", "[{ service = support, kind = errors, share = 100% }]");
    properties.put(
        "kcp.backend.faulty-jvm-args", "-Xmx128m,-XX:+UseSerialGC,-XX:TieredStopAtLevel=1");
    KcpConfig config = ConfigLoader.load(properties);
    List<ProcessHandle> processes;
    try (EmbeddedBackend backend = EmbeddedBackend.start(config, 2)) {
      backend.awaitReady();
      processes = processesOf(config);
      assertThat(processes).hasSize(2);
      assertThat(List.of(status(config, "knowledge"), status(config, "support")))
          .containsExactly(200, 200);
      backend.loadStarts();
      // The line that says so may be read a moment later.
      while (status(config, "support") == 200) {
        Thread.onSpinWait();
      }
      assertThat(List.of(status(config, "knowledge"), status(config, "support")))
          .containsExactly(200, 500);
      assertThat(backend.database()).isEmpty();
    }
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void aTakenPortNamesThePortAndTheProcessThatHasIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Properties properties = ports();
      properties.put("kcp.environment.urls.knowledge", "http://127.0.0.1:" + taken.getLocalPort());
      EmbeddedBackend backend = EmbeddedBackend.start(ConfigLoader.load(properties), 2);
      String refused =
          catchThrowableOfType(Refusal.class, backend::awaitReady).getMessage().stripTrailing();
      boolean isLinux = Files.isReadable(Path.of("/proc/net/tcp"));
      String holder = isLinux ? " by process " + ProcessHandle.current().pid() : "";
      assertThat(refused)
          .startsWith(
              "The embedded backend did not start: port %d (knowledge) is taken%s"
                  .formatted(taken.getLocalPort(), holder))
          .contains("\nIt exited with code 4.\n")
          .contains("conf/environments/embedded.conf", "(kcp.backend.postgres.port)")
          .endsWith(
              "If another run on this machine is using them, let it finish, or end that process.");
    }
  }

  @Test
  void oneThatWasEndedStartsNoMore() {
    EmbeddedBackend backend = EmbeddedBackend.start(ConfigLoader.load(ports()), 2);
    backend.close();
    assertThatThrownBy(backend::awaitReady)
        .isInstanceOf(Refusal.class)
        .hasMessage(KILLED.formatted("The embedded backend did not start: "));
    assertThatThrownBy(backend::loadStarts)
        .isInstanceOf(Refusal.class)
        .hasMessage(KILLED.formatted("The embedded backend exited before the load: "));
  }

  @Test
  void oneThatAnotherProcessEndsWhileItIsAwaitedNamesTheSignal() {
    KcpConfig config = ConfigLoader.load(ports());
    try (EmbeddedBackend backend = EmbeddedBackend.start(config, 2)) {
      List<ProcessHandle> starting = processesOf(config);
      assertThat(starting).hasSize(1);
      starting.get(0).destroyForcibly();
      assertThatThrownBy(backend::awaitReady)
          .isInstanceOf(Refusal.class)
          .hasMessage(KILLED.formatted("The embedded backend did not start: "));
    }
  }

  @Test
  void oneThatIsEndedBetweenItsStartAndTheLoadShowsItsLastLines() {
    KcpConfig config = ConfigLoader.load(ports());
    try (EmbeddedBackend backend = EmbeddedBackend.start(config, 2)) {
      backend.awaitReady();
      List<ProcessHandle> ready = processesOf(config);
      ready.forEach(ProcessHandle::destroyForcibly);
      ready.forEach(process -> process.onExit().join());
      String refused = catchThrowableOfType(Refusal.class, backend::loadStarts).getMessage();
      assertThat(refused)
          .startsWith("The embedded backend exited before the load: KCP backend is ready")
          .contains("\nIt was ended by signal 9 (SIGKILL).\n")
          .endsWith(NEXT);
    }
  }

  @Test
  void oneWhoseJvmDoesNotStartNamesItsExitCodeAndTheCommandToTryItAlone() {
    Properties properties = ports();
    properties.put("kcp.backend.jvm-args", "-Xmx1");
    EmbeddedBackend backend = EmbeddedBackend.start(ConfigLoader.load(properties), 2);
    assertThat(catchThrowableOfType(Refusal.class, backend::awaitReady).getMessage())
        .startsWith("The embedded backend did not start: ")
        .containsIgnoringCase("it exited with code 1")
        .contains(NEXT);
  }
}
