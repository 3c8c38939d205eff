package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.config.tests.Stage;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.truth.model.GeneratorModel.Arrivals;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.EvenSecond;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayList;
import java.util.List;

/**
 * When the users of a service come, in the open model. Even ones come as Gatling lets them: so many
 * in each second, evenly within it, to the millisecond.
 */
public final class ArrivalTimes {
  /** Behind the last one. */
  public static final long NONE = Long.MAX_VALUE;

  // As Gatling: a hair below a whole number means that number.
  private static final double HAIR = 1e-9;

  private record Leg(long start, double from, double to, int seconds, long count) {
    /** How many are to have come so many seconds after its begin. */
    long until(int second) {
      if (second == seconds) {
        return count;
      }
      if (from == to) {
        return (long) Math.ceil((double) count / seconds * second);
      }
      return (long) Math.floor(count * share(second) + HAIR);
    }

    private double share(double second) {
      return (from * second + (to - from) / 2 / seconds * second * second)
          / ((from + to) / 2 * seconds);
    }

    /** In which second this share of them has come. */
    double secondOf(double share) {
      double area = share * (from + to) / 2 * seconds;
      double curve = 2 * (to - from) / seconds;
      return 2 * area / (from + Math.sqrt(Math.max(0, from * from + curve * area)));
    }
  }

  private final List<Leg> legs = new ArrayList<>();
  private final Draws draws;
  private final boolean even;
  private int leg;
  private int second;
  private long inSecond;
  private long inLeg;
  private double drawn;

  public ArrivalTimes(Plan plan, String service, Arrivals arrivals, Draws draws) {
    this.draws = draws;
    this.even = arrivals == Arrivals.EVEN;
    long start = 0;
    for (int i = 0; i < plan.stages().size(); i++) {
      Stage stage = plan.stages().get(i);
      int seconds = (int) stage.duration().toSeconds();
      long count = plan.arrivals(service, i, plan.share());
      legs.add(new Leg(start, stage.from(), stage.to(), seconds, count));
      start += seconds * Micros.SECOND;
    }
  }

  /** The next one, in microseconds; {@link #NONE} where there is none. */
  public long next() {
    while (leg < legs.size()) {
      Leg now = legs.get(leg);
      if (inLeg < now.count()) {
        return now.start() + (even ? nextEven(now) : nextDrawn(now));
      }
      leg++;
      second = 0;
      inSecond = 0;
      inLeg = 0;
      drawn = 0;
    }
    return NONE;
  }

  private long nextEven(Leg now) {
    long ofSecond = now.until(second + 1) - now.until(second);
    while (inSecond == ofSecond) {
      second++;
      inSecond = 0;
      ofSecond = now.until(second + 1) - now.until(second);
    }
    inLeg++;
    return second * Micros.SECOND + EvenSecond.micros(inSecond++, ofSecond);
  }

  /** So many points by chance, in order: the next one is the first of those that are left. */
  private long nextDrawn(Leg now) {
    long left = now.count() - inLeg;
    drawn = 1 - (1 - drawn) * Math.exp(-draws.exponential() / left);
    inLeg++;
    return (long) (now.secondOf(drawn) * Micros.SECOND);
  }
}
