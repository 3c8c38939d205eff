package com.soundcore.kcp.finding.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import com.soundcore.kcp.testkit.SyntheticDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sixty seconds of a database, a sample a second; the degradation begins at second 30. */
class SharedCausesTest {
  private static final int TROUBLE = 30;
  private static final int END = 60;

  private final SyntheticDatabase seen = new SyntheticDatabase();

  private static Statement running(String client, double sessions) {
    return new Statement("SELECT items", client, sessions, 0, 0, 0);
  }

  private void database(
      int from, int to, Map<String, Double> of, List<Statement> statements, List<LockWait> waits) {
    seen.add(from, to, of, statements, waits);
  }

  private List<SharedCause> causes(double cores, String... degraded) {
    return seen.causes(
        cores,
        Stream.of(degraded)
            .map(service -> new Degradation(service, TROUBLE, END - 1, Map.of()))
            .toList());
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
  void aLockThatWasThereBeforeAServiceGotSlowIsItsCauseAllTheSame() {
    database(0, TROUBLE, Map.of("connections of support-service", 9.0), List.of(), List.of());
    LockWait rare = new LockWait("support-service", "SELECT a", "report", "LOCK b", false, 1, 0.4);
    database(TROUBLE, END, Map.of("waiting-for-locks", 0.4), List.of(), List.of(rare));
    Degradation late = new Degradation("support", TROUBLE + 24, TROUBLE + 28, Map.of());
    List<SharedCause> causes = seen.causes(1, List.of(late));
    assertThat(causes).extracting(SharedCause::kind).containsExactly(FindingKind.LOCK_CONTENTION);
    assertThat(causes.get(0).services()).containsExactly("support");
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
        .contains(
            "6.0 sessions of the database", "2 processors", "0.4 before", "83 %", "SELECT items")
        .contains("the table items was read from end to end");
  }

  @Test
  void aDatabaseWithProcessorsToSpareIsNoCause() {
    database(0, END, Map.of("running", 6.0), List.of(running("knowledge-service", 6)), List.of());
    assertThat(causes(16, "knowledge")).isEmpty();
  }

  @Test
  void aStatementThatRunsForLongerThanBeforeIsFoundThoughThereAreProcessorsToSpare() {
    calm();
    database(
        TROUBLE, END, Map.of("running", 3.0), List.of(running("knowledge-service", 3)), List.of());
    List<SharedCause> causes = causes(16, "knowledge", "support");
    assertThat(causes).extracting(SharedCause::kind).containsExactly(FindingKind.SLOW_STATEMENT);
    assertThat(causes.get(0).services()).containsExactly("knowledge");
  }

  @Test
  void whereTheProcessorsAreNotKnownOnlyARiseCounts() {
    database(0, END, Map.of("running", 6.0), List.of(running("knowledge", 6)), List.of());
    assertThat(causes(0, "knowledge")).isEmpty();
    seen.clear();
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
    String busy = "busy of user app";
    String open = "connections of user app";
    Map<String, Double> before = Map.of("running", 0.3, busy, 1.0, open, 50.0);
    database(0, TROUBLE, before, List.of(), List.of());
    Map<String, Double> full = Map.of("running", 0.3, busy, 30.0, open, 60.0);
    database(TROUBLE, END, full, List.of(), List.of());
    assertThat(causes(2, "knowledge"))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.CONNECTION_POOL);
  }

  @Test
  void aNumberOfSessionsThatGoesUpAndDownIsNoFullPool() {
    calm();
    for (int second = TROUBLE; second < END; second++) {
      Map<String, Double> of = Map.of("running", 0.3, "busy of user app", 5.0 + 2 * (second % 7));
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
      seen.only(second, "refused");
    }
    assertThat(causes(2, "support", "auth"))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.DATABASE_CONNECTIONS);
  }

  @Test
  void connectionsThatRunOutJustAfterTheFirstErrorsAreTheirCause() {
    database(0, TROUBLE, Map.of("connections", 50.0), List.of(), List.of());
    database(TROUBLE, END, Map.of("connections", 96.0), List.of(), List.of());
    Degradation moment = new Degradation("support", TROUBLE, TROUBLE, Map.of());
    assertThat(seen.causes(2, List.of(moment)))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.DATABASE_CONNECTIONS);
  }

  @Test
  void aDatabaseThatIsGoneIsTheCauseOfThoseThatFailedMeanwhile() {
    calm();
    for (int second = TROUBLE; second < END; second++) {
      seen.only(second, "unreachable");
    }
    assertThat(causes(2, "support", "auth"))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.DATABASE_GONE);
  }

  @Test
  void aPoolThatOpensConnectionsByTheSecondWhileServicesAreSlowIsTheCause() {
    database(0, TROUBLE, Map.of("running", 0.4, "new-sessions", 0.1), List.of(), List.of());
    database(TROUBLE, END, Map.of("running", 0.5, "new-sessions", 9.0), List.of(), List.of());
    assertThat(causes(2, "support", "auth"))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.CONNECTION_CHURN);
  }

  @Test
  void connectionsThatAreAlwaysOpenedAnewAreNone() {
    database(0, END, Map.of("running", 0.4, "new-sessions", 9.0), List.of(), List.of());
    assertThat(causes(2, "support", "auth")).isEmpty();
  }

  @Test
  void aDatabaseThatWasNeverReachedIsNoCause() {
    for (int second = 0; second < END; second++) {
      seen.only(second, "unreachable");
    }
    assertThat(causes(2, "support", "auth")).isEmpty();
  }

  @Test
  void aMonitoringThatWasRefusedFromTheStartIsNoCause() {
    for (int second = 0; second < END; second++) {
      seen.only(second, "refused");
    }
    assertThat(causes(2, "support", "auth")).isEmpty();
  }

  @Test
  void aCalmDatabaseIsNoCauseAndNoDatabaseIsNone() {
    database(0, END, Map.of("running", 0.4, "connections", 50.0), List.of(), List.of());
    assertThat(causes(1, "knowledge", "support")).isEmpty();
    seen.clear();
    assertThat(causes(1, "knowledge")).isEmpty();
  }
}
