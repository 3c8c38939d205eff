package com.soundcore.kcp.testkit;

import com.soundcore.kcp.verdict.level.CallCounts;

/** Counts of a system whose calls are all made and all answered without an error. */
public interface FaultlessCounts extends CallCounts {
  @Override
  default long failed(String service, int second) {
    return 0;
  }

  @Override
  default long shed(String service, int from, int to) {
    return 0;
  }

  @Override
  default long closed(String service, int from, int to) {
    return 0;
  }

  @Override
  default long perhapsDropped(String service, int from, int to) {
    return 0;
  }
}
