package com.soundcore.kcp.truth.system;

import com.soundcore.kcp.truth.model.ServiceModel;
import com.soundcore.kcp.truth.model.Trouble.Autoscaling;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayList;
import java.util.List;

/** The workers of a service: how many are busy, how busy they were, and whether more come. */
public final class Workers {
  private final List<Autoscaling> rules;
  private final int[] highFor;
  private final List<Integer> scaledAt = new ArrayList<>();
  private int count;
  private int busy;
  private long busyMicros;
  private long since;

  public Workers(ServiceModel model) {
    count = model.workers();
    rules = Chances.of(model, Autoscaling.class);
    highFor = new int[rules.size()];
  }

  public int count() {
    return count;
  }

  public int busy() {
    return busy;
  }

  public boolean isOneFree() {
    return busy < count;
  }

  public void take(long now) {
    addUp(now);
    busy++;
  }

  public void free(long now) {
    addUp(now);
    busy--;
  }

  /** The seconds in which more came. */
  public List<Integer> scaledAt() {
    return List.copyOf(scaledAt);
  }

  private void addUp(long now) {
    busyMicros += busy * (now - since);
    since = now;
  }

  /** A second has ended: more may come. */
  public void endSecond(int next, long now) {
    addUp(now);
    double use = (double) busyMicros / count / Micros.SECOND;
    busyMicros = 0;
    for (int i = 0; i < highFor.length; i++) {
      Autoscaling rule = rules.get(i);
      highFor[i] = use > rule.above() ? highFor[i] + 1 : 0;
      if (highFor[i] >= rule.afterSeconds() && count < rule.workers()) {
        count = rule.workers();
        scaledAt.add(next);
      }
    }
  }
}
