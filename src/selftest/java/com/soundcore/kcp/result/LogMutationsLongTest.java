package com.soundcore.kcp.result;

import org.junit.jupiter.api.Tag;

/** {@code -Dmutations=100000} is the longest form. */
@Tag("full")
class LogMutationsLongTest extends LogMutationsTest {
  @Override
  int mutations() {
    return Integer.getInteger("mutations", 300);
  }
}
