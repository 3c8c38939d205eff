package com.soundcore.kcp.finding.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import com.soundcore.kcp.testkit.SyntheticDatabase;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A database that waits for its disk from second 30 on, with more or fewer misses of its cache. */
class ColdBuffersTest {
  private static final int TROUBLE = 30;
  private static final int END = 60;
  private static final Statement READING =
      new Statement("SELECT items", "knowledge-service", 0, 0, 4, 0);

  private static List<SharedCause> causes(int until, IntToDoubleFunction misses) {
    SyntheticDatabase seen = new SyntheticDatabase();
    seen.add(0, TROUBLE, Map.of("cache-misses", 0.01), List.of(), List.of());
    for (int second = TROUBLE; second < END; second++) {
      Map<String, Double> of =
          second < until
              ? Map.of("waiting-for-disk", 4.0, "cache-misses", misses.applyAsDouble(second))
              : Map.of("cache-misses", 0.01);
      seen.add(second, second + 1, of, second < until ? List.of(READING) : List.of(), List.of());
    }
    return seen.causes(2, List.of(new Degradation("knowledge", TROUBLE, until - 1, Map.of())));
  }

  @Test
  void aCacheThatWasColdAndFillsIsAnotherCauseThanASlowDisk() {
    List<SharedCause> causes = causes(END, second -> second < TROUBLE + 12 ? 0.6 : 0.1);
    assertThat(causes).extracting(SharedCause::kind).containsExactly(FindingKind.COLD_CACHE);
    assertThat(String.join("\n", causes.get(0).evidence()))
        .contains("60 % of the blocks", "(1 % before)", "10 % later", "SELECT items");
  }

  @Test
  void missesThatStayAreTheDisksOwn() {
    assertThat(causes(END, second -> 0.6))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.DATABASE_DISK);
  }

  @Test
  void missesThatEndWithWhateverReadSoMuchAreNoColdCache() {
    assertThat(causes(TROUBLE + 15, second -> 0.6))
        .extracting(SharedCause::kind)
        .containsExactly(FindingKind.DATABASE_DISK);
  }
}
