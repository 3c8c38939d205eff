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
          Duration.ofMillis(1500));
  private static final DatabaseWatch.Credentials MONITOR =
      new DatabaseWatch.Credentials("monitor", "s3cr3t");

  @ParameterizedTest
  @CsvSource({
    "28P01, it refused user or password (KCP_DATABASE_USER; KCP_DATABASE_PASSWORD)",
    "28000, it refused user or password (KCP_DATABASE_USER; KCP_DATABASE_PASSWORD)",
    "53300, it has no connection left; not even for its monitoring",
    "57014, no answer within 1500 ms",
    "55P03, no answer within 1500 ms",
    "08001, could not connect to jdbc:postgresql://db/kcp; or lost the connection",
    "42P01, ERROR for (the user)",
    ", ERROR for (the user)",
  })
  void aRefusalIsSaidInWordsWithoutTheUser(String state, String words) {
    SQLException refused = new SQLException("ERROR for monitor", state);
    assertThat(DatabaseErrors.inWords(refused, DATABASE, MONITOR))
        .isEqualTo(words.replace("; ", ", "));
  }

  @ParameterizedTest
  @CsvSource({
    "53300, refused",
    "08006, unreachable",
    "57P01, unreachable",
    "57P03, unreachable",
    "57014, ''",
    "28P01, ''",
    ", ''",
  })
  void onlyADatabaseThatIsFullOrGoneIsAFigure(String state, String figure) {
    assertThat(DatabaseErrors.figure(new SQLException("text", state)).orElse("")).isEqualTo(figure);
  }
}
