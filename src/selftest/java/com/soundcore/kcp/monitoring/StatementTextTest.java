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
  void aLongStatementIsShortened() {
    assertThat(StatementText.of("SELECT " + "a, ".repeat(1000)).length()).isEqualTo(301);
  }

  @Test
  void oneStatementIsOneLine() {
    assertThat(StatementText.of("SELECT a\n  FROM b\n")).isEqualTo("SELECT a FROM b");
  }
}
