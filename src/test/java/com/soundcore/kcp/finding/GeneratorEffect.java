package com.soundcore.kcp.finding;

import java.util.Set;

/**
 * The generator's effect on the measurements of a run.
 *
 * @param saturated whether the generator was saturated; times and levels then do not reflect the
 *     system
 * @param itsOwn seconds whose times the generator caused; the verdict also leaves them out
 */
public record GeneratorEffect(boolean saturated, Set<Integer> itsOwn) {
  /** The effect of a generator that kept to its plan. */
  public static final GeneratorEffect NONE = new GeneratorEffect(false, Set.of());
}
