package com.soundcore.kcp.live;

import com.soundcore.kcp.config.EarlyStop;
import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.run.Stopped;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Decision to stop early when there is nothing left to learn. Virtual users poll it. */
final class EarlyStopDecision implements Consumer<LiveSnapshot> {
  private final EarlyStop options;
  private final boolean mayStop;
  private final IntFunction<Optional<String>> lost;
  private final Optional<ExhaustedMachine> machine;
  private final Map<String, Integer> onlyErrorsSince = new HashMap<>();
  private volatile Stopped decision;

  /**
   * @param mayStop whether the test allows it
   * @param lost the first limit that is lost at a second, in words
   * @param machine detector that stops the load on an exhausted machine, even if the test does not
   *     allow early stops
   */
  EarlyStopDecision(
      EarlyStop options,
      boolean mayStop,
      IntFunction<Optional<String>> lost,
      Optional<ExhaustedMachine> machine) {
    this.options = options;
    this.mayStop = mayStop;
    this.lost = lost;
    this.machine = machine;
  }

  /** Returns whether the load must end. */
  boolean stops() {
    return decision != null;
  }

  /** Returns when and why the stop was decided. */
  Optional<Stopped> decision() {
    return Optional.ofNullable(decision);
  }

  @Override
  public void accept(LiveSnapshot tick) {
    // After its planned end the load is complete; nothing cuts it short.
    if (decision != null || tick.second() >= tick.ofSeconds()) {
      return;
    }
    machine.flatMap(of -> of.in(tick)).ifPresent(this::decide);
    // While the machine may be exhausted, the system's symptoms may be the machine's fault. The
    // first reason given must be the true one.
    if (!mayStop || machine.filter(ExhaustedMachine::isSuspected).isPresent()) {
      return;
    }
    tick.services().forEach((service, flow) -> onlyErrors(tick, service, flow));
    lost.apply(tick.second()).ifPresent(why -> decide(tick, why));
  }

  private void onlyErrors(LiveSnapshot tick, String service, Flow flow) {
    boolean right = flow.now().answered() > flow.now().failed();
    boolean asked = flow.now().sent() > 0 || flow.soFar().sent() > flow.soFar().answered();
    if (right || !asked || flow.soFar().failed() == 0) {
      onlyErrorsSince.remove(service);
      return;
    }
    int since = onlyErrorsSince.computeIfAbsent(service, name -> tick.second());
    if (tick.second() - since >= options.onlyErrorsFor().toSeconds()) {
      decide(
          tick,
          String.format(
              Locale.ROOT,
              "%s has answered nothing but errors for %d s",
              service,
              tick.second() - since));
    }
  }

  private void decide(LiveSnapshot tick, String why) {
    decide(new Stopped(tick.second(), why));
  }

  /** Stops the load for a reason from outside this class. */
  synchronized void decide(Stopped stopped) {
    if (decision == null) {
      decision = stopped;
      System.out.println("kcp stops the load: " + stopped.why());
    }
  }
}
