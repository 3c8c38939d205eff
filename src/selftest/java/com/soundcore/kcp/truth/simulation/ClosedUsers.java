package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.config.KcpConfig.RunOptions;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.truth.generator.Population;
import com.soundcore.kcp.truth.generator.Visits.Step;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.EvenSecond;
import com.soundcore.kcp.truth.time.Event;
import com.soundcore.kcp.truth.time.EventQueue;
import com.soundcore.kcp.truth.time.Micros;
import java.util.function.Supplier;

/**
 * The users of the closed model, as Gatling keeps their number: each second as many more as are
 * missing come evenly within it, and one that ends is replaced at once while there are too few.
 */
final class ClosedUsers implements Population, Event {
  private final EventQueue queue;
  private final Client client;
  private final Plan plan;
  private final String name;
  private final Supplier<Step[]> visits;
  private final Draws draws;
  private final long thinkMin;
  private final long thinkMax;
  private int second;
  private long target;
  // Those that are still to come in this second are among them.
  private long users;
  private boolean allHaveCome;

  ClosedUsers(
      EventQueue queue,
      Client client,
      Plan plan,
      String name,
      Supplier<Step[]> visits,
      Draws draws,
      RunOptions run) {
    this.queue = queue;
    this.client = client;
    this.plan = plan;
    this.name = name;
    this.visits = visits;
    this.draws = draws;
    thinkMin = run.thinkMin().toMillis();
    thinkMax = run.thinkMax().toMillis();
  }

  void begin() {
    client.opens(this);
    queue.add(0, this);
  }

  /** A second begins. */
  @Override
  public void happen(long now) {
    if (second >= plan.durationSeconds()) {
      allHaveCome = true;
      client.closes(this);
      return;
    }
    target = plan.usersAt(second, plan.share());
    long missing = target - users;
    for (long i = 0; i < missing; i++) {
      users++;
      client.later(now + EvenSecond.micros(i, missing), this::setOut);
    }
    second++;
    queue.add(client.awake(second * Micros.SECOND), this);
  }

  private void setOut(long now) {
    client.setsOut(this, name, visits, true, now);
  }

  @Override
  public void ended(long now) {
    users--;
    if (users < target && !allHaveCome) {
      users++;
      setOut(now);
    }
  }

  @Override
  public int scenario() {
    return 0;
  }

  @Override
  public long thinkMicros() {
    return (thinkMin + draws.below(thinkMax - thinkMin + 1)) * Micros.MILLI;
  }
}
