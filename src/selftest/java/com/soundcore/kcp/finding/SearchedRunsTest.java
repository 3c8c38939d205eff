package com.soundcore.kcp.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.finding.capacity.BreakingPoint;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.finding.capacity.BreakingPoints;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search says of a run, beside what its log says: runs written to order. */
class SearchedRunsTest {
  private static final String OVERLOADED = "knowledge falls behind";

  @TempDir private Path folder;

  private JudgedRun judged(int millis, SearchRecord search) {
    RunFolder run =
        new SyntheticRun()
            .of("breakpoint")
            .searching(search)
            .write(
                folder,
                SyntheticRun.Order.taking(
                    (service, second, number) -> service.equals("knowledge") ? millis : 5));
    return RunJudge.judge(run, SyntheticRun.CONFIG);
  }

  private static SearchRecord stuck() {
    SearchLevel broken = new SearchLevel(5, 65, 100, false, false, OVERLOADED);
    return new SearchRecord(null, 100.0, List.of(broken), 100.0, null);
  }

  @Test
  void aSystemThatDidNotRecoverIsSaidToBeSoWhereItsLogShowsIt() {
    JudgedRun judged = judged(2000, stuck());
    assertThat(judged.findings().contradictions()).isEmpty();
    assertThat(judged.findings().breakingPoint().orElseThrow().sentence())
        .startsWith(
            "holds less than 100 req/s, the lowest level, and not even 100 req/s afterwards");
  }

  @Test
  void aSystemThatHeldALevelBeforeIsSaidToBreakAndNotToRecover() {
    List<Level> levels = List.of(level("hold 500", 500, true), level("hold 600", 600, false));
    BreakingPoint answer =
        BreakingPoints.of(new SearchRecord(null, 600.0, List.of(), 25.0, null), levels, false, 0.95)
            .orElseThrow();
    assertThat(answer.outcome()).isEqualTo(BreakingPoint.Outcome.NOT_RECOVERED);
    assertThat(answer.lastHeld().plannedRps()).isEqualTo(500);
    assertThat(answer.sentence())
        .startsWith("breaks at 600 req/s and did not recover")
        .contains("not even at 25 req/s; knowledge fails first, search: " + OVERLOADED);
  }

  private static Level level(String phase, double rps, boolean held) {
    String service = held ? null : "knowledge";
    String operation = held ? null : "search";
    String why = held ? "" : OVERLOADED;
    return new Level(phase, 5, 0, rps, rps, held, service, operation, why, List.of(), true, false);
  }

  @Test
  void whereItsLogShowsThatItDidNothingIsProved() {
    JudgedRun judged = judged(5, stuck());
    assertThat(judged.findings().contradictions())
        .anyMatch(said -> said.startsWith("the search counted the system as not recovered"));
    assertThat(judged.verdict().status()).isEqualTo(Status.INVALID);
  }

  @Test
  void aSearchThatEndedBeforeItKnewProvesNothing() {
    JudgedRun judged =
        judged(5, new SearchRecord(null, null, List.of(), null, "it did not finish within 90 s"));
    assertThat(judged.verdict().status()).isEqualTo(Status.INVALID);
    assertThat(judged.verdict().reasons())
        .anyMatch(why -> why.contains("the search ended without an answer: it did not finish"));
  }
}
