package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.verdict.Gate.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  @ParameterizedTest
  @CsvSource({
    "PASS, PASS, ''",
    "FAIL, FAIL, ''",
    "NOT_PROVED, NOT PROVED, 'NOT PROVED: neither held nor missed; this plan cannot prove it.'",
    "UNDECIDED, UNDECIDED, 'UNDECIDED: neither held nor missed so far; a longer run decides.'",
    "NO_DATA, NOT JUDGED, 'NOT JUDGED: too little was measured; see why above.'"
  })
  void anOutcomeHasItsWordsAndItsMeaning(Outcome outcome, String words, String meaning) {
    assertThat(outcome.words()).isEqualTo(words);
    assertThat(outcome.meaning()).isEqualTo(meaning);
  }
}
