package com.soundcore.kcp.finding.shared;

import java.util.List;
import java.util.Optional;

/** A cause that may be behind the degradation of several services. */
interface Hypothesis {
  /**
   * Looks for it.
   *
   * @param degradations of services that depend on the database, and that nothing explains so far
   * @return nothing where the figures do not speak for it
   */
  Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database);
}
