package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "SELECT * FROM users WHERE token = 's3cr3t' | SELECT * FROM users WHERE token = ?",
        "SELECT 'it''s', name FROM t9 LIMIT 20 | SELECT ?, name FROM t9 LIMIT ?",
        "SELECT a FROM b WHERE c = $1 | SELECT a FROM b WHERE c = ?",
        "SELECT 1.5 /* user=ann */ -- why | SELECT ?",
      })
  void valuesAndCommentsAreNotShown(String sql, String shown) {
    assertThat(StatementText.of(sql.strip())).isEqualTo(shown.strip());
  }

  @Test
  void aValueIsHiddenHoweverItIsQuotedAndWhereverItIsCut() {
    assertThat(StatementText.of("INSERT INTO a VALUES ('title', 'a secret that was cut"))
        .isEqualTo("INSERT INTO a VALUES (?, ?");
    assertThat(StatementText.of("SELECT E'it\\'s secret', b")).isEqualTo("SELECT ?, b");
    assertThat(StatementText.of("SELECT $x$secret's$x$, \"a'b\"")).isEqualTo("SELECT ?, \"a'b\"");
    assertThat(StatementText.of("WHERE a = 'x--y'\n AND p = 'hunter2' AND n > 1e6"))
        .isEqualTo("WHERE a = ? AND p = ? AND n > ?");
    assertThat(StatementText.of("SELECT 1 /* two\n lines */ + a")).isEqualTo("SELECT ? + a");
  }

  @Test
  void aLongStatementIsShortened() {
    assertThat(StatementText.of("SELECT " + "a, ".repeat(1000)).length()).isEqualTo(303);
  }

  @Test
  void oneStatementIsOneLine() {
    assertThat(StatementText.of("SELECT a\n  FROM b\n")).isEqualTo("SELECT a FROM b");
  }
}
