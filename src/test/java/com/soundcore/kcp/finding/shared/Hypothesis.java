package com.soundcore.kcp.finding.shared;

import java.util.List;
import java.util.Optional;

/** A cause that may be behind the trouble of several services. */
interface Hypothesis {
  /**
   * Looks for it.
   *
   * @param troubles of services that depend on the database, and that nothing explains so far
   * @return nothing where the figures do not speak for it
   */
  Optional<SharedCause> explain(List<Trouble> troubles, DatabaseActivity database);
}
