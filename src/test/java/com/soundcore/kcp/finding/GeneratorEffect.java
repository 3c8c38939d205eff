package com.soundcore.kcp.finding;

import java.util.Set;

/**
 * What the generator did to the figures of a run.
 *
 * @param saturated whether it was: then times and levels say nothing of the system
 * @param itsOwn seconds whose times are its own, and that the verdict leaves out as well
 */
public record GeneratorEffect(boolean saturated, Set<Integer> itsOwn) {
  /** Of a generator that kept to its plan. */
  public static final GeneratorEffect NONE = new GeneratorEffect(false, Set.of());
}
