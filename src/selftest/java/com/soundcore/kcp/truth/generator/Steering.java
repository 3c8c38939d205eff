package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.verdict.level.CallCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.AbstractHistogram;

/** Lets the load follow what is measured, as the suite's own search and early stop do. */
public interface Steering {
  /**
   * What comes next.
   *
   * @param share of the arrivals that goes on, from 0 to 1
   * @param isDone the load ends once nothing is in flight
   * @param stopsBecause the load ends at once, and that is a failure; else null
   */
  record Next(double share, boolean isDone, String stopsBecause) {
    /** Whatever comes goes on. */
    public static final Next ALL = new Next(1, false, null);

    /** All that was to be learned is known. */
    public static final Next DONE = new Next(0, true, null);

    /** This part of the arrivals goes on. */
    public static Next share(double share) {
      return new Next(share, false, null);
    }

    /** There is no use in going on. */
    public static Next stop(String why) {
      return new Next(1, false, why);
    }
  }

  /**
   * A second as a live recorder sees it.
   *
   * @param second of the load, from 0
   * @param inFlight calls that are under way at its end
   * @param services by name
   */
  record Live(int second, int inFlight, Map<String, Flow> services) {}

  /**
   * What happened to a service in that second.
   *
   * @param sent calls
   * @param answered calls that ended, correctly or not
   * @param failed of these
   * @param shed calls that were due and not made
   * @param times of all that ended, in ms; used again for the next second
   */
  record Flow(long sent, long answered, long failed, long shed, AbstractHistogram times) {}

  /**
   * Before the first user sets out.
   *
   * @param planned the run as planned
   * @param counts the calls so far, at any time
   */
  default void begins(RunMetadata planned, CallCounts counts) {
    // who looks at each second by itself needs neither
  }

  /** What a search found; nothing where it was none. */
  default Optional<SearchRecord> searched() {
    return Optional.empty();
  }

  /** What holds from the start. */
  default Next first() {
    return Next.ALL;
  }

  /** A second has ended. */
  Next after(Live second);

  /** The phases that came of it; nothing where they are those that were planned. */
  default Optional<List<Phase>> phases() {
    return Optional.empty();
  }
}
