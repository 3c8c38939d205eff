package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.Monitoring;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseErrorsTest {
  private static final Monitoring.Database DATABASE =
      new Monitoring.Database(
          "jdbc:postgresql://db/kcp",
          List.of(),
          0,
          Map.of(),
          Duration.ofSeconds(1),
          Duration.ofMillis(250));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "28P01 | '' | false | it refused user or password (KCP_DATABASE_USER,"
            + " KCP_DATABASE_PASSWORD)",
        "53300 | refused | false | it has no connection left, not even for its monitoring",
        "57014 | '' | true | no answer within 250 ms",
        "55P03 | '' | true | no answer within 250 ms",
        "08006 | unreachable | false | could not connect to jdbc:postgresql://db/kcp, or lost the"
            + " connection",
        "57P01 | unreachable | false | it says no to (the user)",
        "42501 | '' | false | it says no to (the user)",
        "| '' | false | it says no to (the user)",
      })
  void aStateIsAFigureAndASentenceWithoutTheUser(
      String state, String figure, boolean tooSlow, String sentence) {
    SQLException refused = new SQLException("it says no to monitor", state);
    assertThat(DatabaseErrors.figure(refused).orElse("")).isEqualTo(figure);
    assertThat(DatabaseErrors.isTooSlow(refused)).isEqualTo(tooSlow);
    assertThat(
            DatabaseErrors.inWords(
                refused, DATABASE, new DatabaseWatch.Credentials("monitor", "pw")))
        .isEqualTo(sentence);
  }
}
