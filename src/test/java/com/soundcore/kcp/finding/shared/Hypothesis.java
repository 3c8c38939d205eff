package com.soundcore.kcp.finding.shared;

import java.util.List;
import java.util.Optional;

/** A cause that may be behind the degradation of several services. */
interface Hypothesis {
  /**
   * Looks for the cause.
   *
   * @param degradations of services that depend on the database and have no explanation so far
   * @return empty if the metrics do not support the cause
   */
  Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database);
}
