package com.soundcore.kcp.benchmark;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One that sends the calls. */
interface Contender {
  /** What its responses took, in ms, as it says itself; NaN where it does not. */
  record Latency(double p50, double p99) {
    static final Latency UNKNOWN = new Latency(Double.NaN, Double.NaN);
  }

  String name();

  /** Which version of what it is; nothing where this machine has none. */
  Optional<String> version();

  /** Starts it; everything that it writes goes into the folder. */
  Process start(Path folder) throws IOException;

  /** Asked when it has ended. */
  Latency latency(Path folder) throws IOException;

  /** How long the part of the run was, at the full rate, that its latency is of. */
  default double latencySeconds(Config options) {
    return BenchmarkPlan.holdSeconds(options);
  }

  /** Whether it is to send the planned rate; else as much as it can. */
  default boolean keepsRate() {
    return true;
  }

  /** What it says of itself in the end, such as a verdict. */
  default String remark(Path folder) throws IOException {
    return "";
  }
}
