package com.soundcore.kcp.finding.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.run.DatabaseSample;
import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.run.DatabaseSample.Scan;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import com.soundcore.kcp.run.ResourceSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sixty seconds of a database, a sample a second; the trouble begins at second 30. */
class SharedCausesTest {
  private static final int TROUBLE = 30;
  private static final int END = 60;
  private static final List<String> SERVICES = List.of("knowledge", "support", "auth");
  private static final FindingOptions.Database OPTIONS =
      new FindingOptions.Database(0.2, 3, 2, 0.95, 0.9, 0.3);

  private final List<ResourceSample> figures = new ArrayList<>();
  private final List<DatabaseSample> samples = new ArrayList<>();

  private static Statement running(String client, double sessions) {
    return new Statement("SELECT items", client, sessions, 0, 0, 0);
  }

  /** A sample for each second of a stretch. */
  private void database(
      int from, int to, Map<String, Double> of, List<Statement> statements, List<LockWait> waits) {
    for (int second = from; second < to; second++) {
      Map<String, Double> all = new LinkedHashMap<>(Map.of("max-connections", 97.0));
      all.putAll(of);
      figures.add(new ResourceSample(second + 1, "database", all));
      samples.add(
          new DatabaseSample(
              second + 1, "database", statements, waits, List.of(new Scan("items", 5)), List.of()));
    }
  }

  private List<SharedCause> causes(double cores, String... troubled) {
    Monitoring.Database database =
        new Monitoring.Database(
            "jdbc:postgresql://x/y", List.of(), cores, Map.of(), Duration.ZERO, Duration.ZERO);
    List<Trouble> troubles = new ArrayList<>();
    for (String service : troubled) {
      troubles.add(new Trouble(service, TROUBLE, END - 1, Map.of()));
    }
    List<String> sound = new ArrayList<>(SERVICES);
    sound.removeAll(List.of(troubled));
    return SharedCauses.of(
        troubles, sound, new DatabaseActivity(figures, samples, database, OPTIONS, SERVICES, 0));
  }

  private void calm() {
    database(0, TROUBLE, Map.of("running", 0.4), List.of(), List.of());
  }

  private static LockWait waiting(String client, boolean idle) {
    return new LockWait(client, "UPDATE a", "report", "LOCK b", idle, 9.5, 4);
  }

  @Test
  void aLockIsTheCauseOfThoseThatWaitForItAlone() {
    calm();
    database(
        TROUBLE,
        END,
        Map.of("running", 0.4, "waiting-for-locks", 4.0, "connections of auth-service", 9.0),
        List.of(),
        List.of(waiting("support-service", false)));
    List<SharedCause> causes = causes(1, "support", "auth");
    assertThat(causes).hasSize(1);
    assertThat(causes.get(0).kind()).isEqualTo(FindingKind.LOCK_CONTENTION);
    assertThat(causes.get(0).services()).containsExactly("support");
    assertThat(String.join("\n", causes.get(0).evidence()))
        .contains("UPDATE a", "held by report", "9.5 s", "LOCK b", "0:30 to 1:00");
  }

  @Test
  void whereServicesHaveNamesAnotherClientsWaitIsNotTheirs() {
    calm();
    database(
        TROUBLE,
        END,
        Map.of("waiting-for-locks", 4.0, "connections of support-service", 9.0),
        List.of(new Statement("SELECT pg_sleep(?)", "report", 0, 0, 0, 1)),
        List.of(waiting("another report", false)));
    assertThat(causes(1, "support")).isEmpty();
  }

  @Test
  void aLockThatFewCallsMeetIsFoundThoughTheServiceAsAWholeIsFine() {
    database(0, TROUBLE, Map.of("connections of support-service", 9.0), List.of(), List.of());
    LockWait rare = new LockWait("support-service", "SELECT a", "report", "LOCK b", false, 1, 0.4);
    database(TROUBLE, END, Map.of("waiting-for-locks", 0.4), List.of(), List.of(rare));
    assertThat(causes(1))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.LOCK_CONTENTION);
  }

  @Test
  void aBlockerThatDoesNothingIsAnOpenTransaction() {
    calm();
    database(
        TROUBLE,
        END,
        Map.of("waiting-for-locks", 4.0),
        List.of(),
        List.of(waiting("an unnamed client", true)));
    assertThat(causes(1, "support", "auth"))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.OPEN_TRANSACTION);
  }

  @Test
  void aSaturatedProcessorIsFoundOnceForAllWithItsStatementAndTable() {
    calm();
    database(
        TROUBLE, END, Map.of("running", 6.0), List.of(running("knowledge-service", 5)), List.of());
    List<SharedCause> causes = causes(2, "knowledge", "support", "auth");
    assertThat(causes).hasSize(1);
    assertThat(causes.get(0).kind()).isEqualTo(FindingKind.DATABASE_CPU);
    assertThat(causes.get(0).services()).containsExactly("knowledge", "support", "auth");
    assertThat(String.join("\n", causes.get(0).evidence()))
        .contains("6.0 of its sessions", "2 processors", "0.4 before", "83 %", "SELECT items")
        .contains("the table items was read from end to end");
  }

  @Test
  void aDatabaseWithProcessorsToSpareIsNoCause() {
    calm();
    database(
        TROUBLE, END, Map.of("running", 6.0), List.of(running("knowledge-service", 6)), List.of());
    assertThat(causes(16, "knowledge")).isEmpty();
  }

  @Test
  void whereTheProcessorsAreNotKnownOnlyARiseCounts() {
    database(0, END, Map.of("running", 6.0), List.of(running("knowledge", 6)), List.of());
    assertThat(causes(0, "knowledge")).isEmpty();
    figures.clear();
    samples.clear();
    calm();
    database(TROUBLE, END, Map.of("running", 6.0), List.of(running("knowledge", 6)), List.of());
    assertThat(causes(0, "knowledge")).hasSize(1);
  }

  @Test
  void connectionsThatAreAllTakenByTheServiceItselfAreItsPool() {
    Map<String, Double> held =
        Map.of(
            "running", 0.2,
            "connections", 45.0,
            "connections of auth-service", 5.0,
            "busy of auth-service", 5.0,
            "idle-in-transaction of auth-service", 4.5);
    calm();
    database(TROUBLE, END, held, List.of(), List.of());
    List<SharedCause> causes = causes(2, "auth", "support");
    assertThat(causes).hasSize(1);
    assertThat(causes.get(0).kind()).isEqualTo(FindingKind.CONNECTION_POOL);
    assertThat(causes.get(0).subject()).isEqualTo("auth");
  }

  @Test
  void aFullPoolOfAClientWithoutANameIsSeenByItsPlateau() {
    String busy = "busy of postgres";
    database(0, TROUBLE, Map.of(busy, 1.0, "connections of postgres", 50.0), List.of(), List.of());
    database(
        TROUBLE, END, Map.of(busy, 30.0, "connections of postgres", 60.0), List.of(), List.of());
    assertThat(causes(2, "knowledge"))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.CONNECTION_POOL);
  }

  @Test
  void aNumberOfSessionsThatGoesUpAndDownIsNoFullPool() {
    calm();
    for (int second = TROUBLE; second < END; second++) {
      Map<String, Double> of = Map.of("busy of postgres", 5.0 + second % 7);
      database(second, second + 1, of, List.of(), List.of());
    }
    assertThat(causes(2, "knowledge")).isEmpty();
  }

  @Test
  void aFullPoolBehindALockIsNotASecondCause() {
    calm();
    database(
        TROUBLE,
        END,
        Map.of(
            "waiting-for-locks", 4.0,
            "connections of support-service", 5.0,
            "busy of support-service", 5.0),
        List.of(),
        List.of(waiting("support-service", false)));
    assertThat(causes(2, "support"))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.LOCK_CONTENTION);
  }

  @Test
  void aDatabaseThatTakesNoMoreConnectionsIsTheCauseEvenWhereItCouldNotBeAsked() {
    calm();
    for (int second = TROUBLE; second < END; second++) {
      figures.add(new ResourceSample(second + 1, "database", Map.of("refused", 1.0)));
    }
    assertThat(causes(2, "support", "auth"))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.DATABASE_CONNECTIONS);
  }

  @Test
  void aCalmDatabaseIsNoCauseAndNoDatabaseIsNone() {
    database(0, END, Map.of("running", 0.4, "connections", 50.0), List.of(), List.of());
    assertThat(causes(1, "knowledge", "support")).isEmpty();
    figures.clear();
    samples.clear();
    assertThat(causes(1, "knowledge")).isEmpty();
  }
}
