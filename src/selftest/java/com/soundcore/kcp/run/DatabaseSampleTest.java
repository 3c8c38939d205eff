package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import org.junit.jupiter.api.Test;

class DatabaseSampleTest {
  private static final Statement STATEMENT = new Statement("SELECT", "app", 1, 2, 4, 8);
  private static final LockWait WAIT = new LockWait("app", "UPDATE", "job", "LOCK", false, 3, 6);

  @Test
  void theSessionsOfAStatementAreThoseInEachState() {
    assertThat(STATEMENT.sessions()).isEqualTo(15);
  }

  @Test
  void statementsAreAddedStateByState() {
    assertThat(STATEMENT.plus(new Statement("other", "other", 16, 32, 64, 128)))
        .isEqualTo(new Statement("SELECT", "app", 17, 34, 68, 136));
  }

  @Test
  void aSumOverLooksBecomesAnAverage() {
    assertThat(STATEMENT.over(4)).isEqualTo(new Statement("SELECT", "app", 0.25, 0.5, 1, 2));
    assertThat(WAIT.over(4)).isEqualTo(new LockWait("app", "UPDATE", "job", "LOCK", false, 3, 1.5));
  }

  @Test
  void waitsAddTheirSessionsAndKeepTheLongerTransaction() {
    LockWait more = new LockWait("app", "UPDATE", "job", "LOCK", false, 5, 1);
    LockWait sum = new LockWait("app", "UPDATE", "job", "LOCK", false, 5, 7);
    assertThat(WAIT.plus(more)).isEqualTo(sum);
    assertThat(more.plus(WAIT)).isEqualTo(sum);
  }

  @Test
  void theKeyOfAWaitSaysWhoWaitedForWhomAndNotForHowLong() {
    assertThat(WAIT.key()).isEqualTo("app\nUPDATE\njob\nLOCK\nfalse");
    assertThat(new LockWait("app", "UPDATE", "job", "LOCK", true, 3, 6).key())
        .isEqualTo("app\nUPDATE\njob\nLOCK\ntrue");
  }
}
