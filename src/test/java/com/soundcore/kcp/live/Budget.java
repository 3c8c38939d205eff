package com.soundcore.kcp.live;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a gate allows to go wrong over the whole run: when more has gone wrong, nothing that is
 * still to come can mend it.
 */
final class Budget {
  /** The subject of a budget that counts every service. */
  static final String ALL = "all";

  private static final long ERRORS = -1;

  private final String service;
  private final String gate;
  private final long limitMs;
  private final double allowed;
  private final LongAdder spent = new LongAdder();

  private Budget(String service, String gate, long limitMs, double allowed) {
    this.service = service;
    this.gate = gate;
    this.limitMs = limitMs;
    this.allowed = allowed;
  }

  /**
   * Of errors.
   *
   * @param limit the fraction of calls that may fail
   * @param planned calls over the judged part of the run
   */
  static Budget ofErrors(String service, double limit, double planned) {
    String gate = String.format(Locale.ROOT, "%s errors < %.4g %%", service, limit * 100);
    return new Budget(service, gate, ERRORS, limit * planned);
  }

  /**
   * Of slow answers.
   *
   * @param percentile on the scale of 0 to 100
   * @param limitMs that this part of the answers must be faster than
   */
  static Budget ofSlow(String service, double percentile, long limitMs, double planned) {
    String gate = String.format(Locale.ROOT, "%s p%.0f < %,d ms", service, percentile, limitMs);
    return new Budget(service, gate, limitMs, (1 - percentile / 100) * planned);
  }

  /** Right answers that are faster do not spend it. */
  long slowerThanMs() {
    return limitMs == ERRORS ? Long.MAX_VALUE : limitMs;
  }

  void answered(String of, int millis, boolean ok) {
    boolean beyond = limitMs == ERRORS ? !ok : millis >= limitMs;
    if (beyond && (service.equals(ALL) || service.equals(of))) {
      spent.increment();
    }
  }

  boolean isLost() {
    return spent.sum() > allowed;
  }

  String why() {
    return String.format(
        Locale.ROOT,
        "%s can no longer be met: %,d calls are beyond it, %,.0f are allowed",
        gate,
        spent.sum(),
        allowed);
  }
}
