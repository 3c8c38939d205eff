package com.soundcore.kcp.backend.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.testkit.BackendClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault over HTTP: it is there, and nowhere else. */
class FaultEffectsTest {
  private static final String LIST = "/api/v1/knowledge/?page=1&page_size=20";
  private static final String ITEMS = "\"items\":[{";
  private static final String STATS = "/api/v1/stats/";

  private static PlantedFault fault(
      String kind, String route, double delayMs, double share, long size, double rate, long ms) {
    return new PlantedFault(
        "knowledge", kind, route, 0, Long.MAX_VALUE, delayMs, share, size, rate, ms);
  }

  private static PlantedFault fault(String kind, double share) {
    return fault(kind, "GET /api/v1/knowledge/", 0, share, 0, 0, 0);
  }

  private static long millis(BackendClient client, String path) {
    long start = System.nanoTime();
    assertThat(client.get("knowledge", path).status()).isEqualTo(200);
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static List<Integer> atOnce(BackendClient client, int calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        tasks.add(() -> client.get("knowledge", LIST).status());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> one : threads.invokeAll(tasks)) {
        statuses.add(one.get());
      }
      return statuses;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anOperationIsSlowAndTheOthersAreNot() {
    PlantedFault slow = fault("slow", "GET /api/v1/knowledge/", 300, 0, 0, 0, 0);
    try (BackendClient client = new BackendClient(slow)) {
      millis(client, STATS);
      assertThat(millis(client, LIST)).isGreaterThanOrEqualTo(300);
      assertThat(millis(client, STATS)).isLessThan(300);
    }
  }

  @Test
  void nothingIsPlantedBeforeItsTime() {
    PlantedFault later =
        new PlantedFault("knowledge", "errors", "", 3_600_000, 7_200_000, 0, 1, 0, 0, 0);
    try (BackendClient client = new BackendClient(later)) {
      assertThat(client.get("knowledge", LIST).status()).isEqualTo(200);
      assertThat(client.get("knowledge", LIST).body()).contains(ITEMS);
    }
  }

  @ParameterizedTest
  @CsvSource({"errors, 500", "wrong-content, 200"})
  void answersAreWrong(String kind, int status) {
    try (BackendClient client = new BackendClient(fault(kind, 1))) {
      assertThat(client.get("knowledge", LIST).status()).isEqualTo(status);
      assertThat(client.get("knowledge", LIST).body()).isNotBlank().doesNotContain(ITEMS);
      assertThat(client.get("knowledge", STATS).body()).contains("\"total_items\":");
      assertThat(client.get("support", "/api/v1/support/tickets").body()).contains("\"tickets\":[");
    }
  }

  @Test
  void aResetConnectionGivesNoAnswer() {
    try (BackendClient client = new BackendClient(fault("reset", 1))) {
      assertThatThrownBy(() -> client.get("knowledge", LIST))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(client.get("knowledge", STATS).status()).isEqualTo(200);
    }
  }

  @Test
  void aPoolThatIsTooSmallRefusesThoseWhoWaitTooLong() throws Exception {
    PlantedFault pool = fault("pool", "", 400, 0, 1, 0, 100);
    try (BackendClient client = new BackendClient(pool)) {
      assertThat(atOnce(client, 6)).contains(200, 503);
      assertThat(client.get("knowledge", "/metrics").body())
          .containsPattern("knowledge_service_db_pool_size 1\\.?0?");
    }
  }

  @Test
  void workIsDoneOnOneProcessor() throws Exception {
    PlantedFault cpu = fault("cpu", "", 50, 0, 0, 0, 0);
    try (BackendClient client = new BackendClient(cpu)) {
      long start = System.nanoTime();
      assertThat(atOnce(client, 6)).containsOnly(200);
      assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(300);
    }
  }

  @Test
  void largeAnswersTakeTurnsOnANarrowLine() throws Exception {
    PlantedFault line = fault("bandwidth", "GET /api/v1/knowledge/", 0, 0, 100_000, 1_000_000, 0);
    try (BackendClient client = new BackendClient(line)) {
      long start = System.nanoTime();
      assertThat(atOnce(client, 5)).containsOnly(200);
      assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(500);
      assertThat(client.get("knowledge", LIST).body()).hasSizeGreaterThanOrEqualTo(100_000);
    }
  }

  @Test
  void anOverloadEndsWithASecondInstance() {
    PlantedFault late = fault("autoscaling", "", 100, 0, 0, 1, 800);
    try (BackendClient client = new BackendClient(late)) {
      assertThat(client.get("knowledge", "/metrics").body())
          .containsPattern("knowledge_service_replicas 1");
      long slowest = 0;
      for (int i = 0; i < 5; i++) {
        slowest = Math.max(slowest, millis(client, LIST));
      }
      assertThat(slowest).isGreaterThanOrEqualTo(100);
      long end = System.nanoTime() + 20_000_000_000L;
      while (!client.get("knowledge", "/metrics").body().contains("_replicas 2")) {
        assertThat(System.nanoTime()).isLessThan(end);
      }
      long fastest = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        fastest = Math.min(fastest, millis(client, LIST));
      }
      assertThat(fastest).isLessThan(100);
    }
  }

  @Test
  void aCrashedServiceComesBack() {
    PlantedFault crash = new PlantedFault("knowledge", "crash", "", 0, 1000, 0, 0, 0, 0, 0);
    try (BackendClient client = new BackendClient(crash)) {
      assertThat(awaits(client, false)).isTrue();
      assertThat(awaits(client, true)).isTrue();
    }
  }

  /** Asks until it answers, or until it does not. */
  private static boolean awaits(BackendClient client, boolean up) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < end) {
      boolean answers;
      try {
        answers = client.get("knowledge", STATS).status() == 200;
      } catch (UncheckedIOException gone) {
        answers = false;
      }
      if (answers == up) {
        return true;
      }
    }
    return false;
  }
}
