package com.soundcore.kcp.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.fleet.Beat.State;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.RunMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An injector's side of the protocol. A background thread sends a heartbeat to the conductor about
 * every second.
 */
public final class Member implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(2);
  private static final Duration UPLOAD = Duration.ofMinutes(2);
  private static final int ROUND_TRIPS = 20;
  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long WAITING_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int CONFLICT = 409;
  private static final int UNAUTHORIZED = 401;
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * An injector's progress.
   *
   * @param loadStartedAtMs when its load started, in ms since the epoch by its own clock; null
   *     before
   * @param stopped why it stopped its own load; null if it did not
   * @param byGenerator whether its own machine caused the stop
   */
  public record Progress(
      Long loadStartedAtMs, long sent, long failed, String stopped, boolean byGenerator) {
    static final Progress NONE = new Progress(null, 0, 0, null, false);
  }

  private final int injector;
  private final String conductor;
  private final String authorization;
  private final String process = UUID.randomUUID().toString();
  private final Http http = new Http(CALL, Optional.empty());
  private final Thread thread = new Thread(this::speak, "fleet-member");
  private volatile long aheadMs;
  private volatile State state = State.PREPARING;
  private volatile Supplier<Progress> progress = () -> Progress.NONE;
  private volatile Consumer<Order> onStop = order -> {};
  private volatile Order order = new Order(null, null, false, null);
  private volatile boolean open = true;
  private volatile String lost;
  private boolean stopSeen;
  private long heardNanos = System.nanoTime();

  private Member(int injector, String conductor, String authorization) {
    this.injector = injector;
    this.conductor = conductor.replaceAll("/+$", "");
    this.authorization = authorization;
    thread.setDaemon(true);
  }

  /**
   * Joins a fleet and starts the heartbeat.
   *
   * @param conductor the conductor's address
   * @param within the time to wait for the conductor
   * @param planned this injector's part of the run
   * @throws Refusal with the reason if the injector cannot join
   */
  public static Member join(
      String conductor, Duration within, RunMetadata planned, Map<String, String> environment) {
    String authorization = FleetToken.authorization(environment);
    Member member = new Member(planned.setup().injector(), conductor, authorization);
    member.introduce(within, planned);
    member.heardNanos = System.nanoTime();
    // Starts before the clock is measured: on a busy machine that may take longer than the
    // permitted silence.
    member.thread.start();
    member.aheadMs = member.measuredClock();
    return member;
  }

  private void introduce(Duration within, RunMetadata planned) {
    Joining me = new Joining(injector, process, host(), Build.digest(), planned);
    long end = System.nanoTime() + within.toNanos();
    Http.Answer answer;
    while (true) {
      answer = tried(me);
      if (answer.status() == CONFLICT) {
        throw new Refusal("The conductor refused: " + answer.body() + "; no load was sent.");
      }
      if (answer.status() == UNAUTHORIZED) {
        throw new Refusal(answer.body() + " (" + conductor + "); no load was sent.");
      }
      if (answer.status() == 200) {
        return;
      }
      if (System.nanoTime() > end) {
        break;
      }
      LockSupport.parkNanos(WAITING_NANOS);
    }
    throw new Refusal(
        "No conductor at %s within %d s: %s. Start it first: kcp conduct <Test> --injectors N; no load was sent."
            .formatted(conductor, within.toSeconds(), answer.body()));
  }

  /**
   * Treats an unknown host name as unreachable, because name resolution may work at the next
   * attempt.
   */
  private Http.Answer tried(Joining me) {
    try {
      PrivateNetwork.mustBePrivate(conductor);
    } catch (Refusal refusal) {
      if (!refusal.getMessage().contains("is unknown")) {
        throw refusal;
      }
      return new Http.Answer(0, refusal.getMessage());
    }
    return http.post(conductor + ConductorServer.JOIN, authorization, bytes(me));
  }

  /** Measures the clock offset by the fastest of 20 round trips, as NTP does. */
  private long measuredClock() {
    long best = Long.MAX_VALUE;
    long ahead = 0;
    for (int i = 0; i < ROUND_TRIPS; i++) {
      long sentNanos = System.nanoTime();
      long sentMs = System.currentTimeMillis();
      Http.Answer answer = http.post(conductor + ConductorServer.TIME, authorization, new byte[0]);
      long took = System.nanoTime() - sentNanos;
      if (answer.status() == 200 && took < best) {
        best = took;
        long middle = sentMs + TimeUnit.NANOSECONDS.toMillis(took / 2);
        ahead = Long.parseLong(answer.body()) - middle;
      }
    }
    if (best == Long.MAX_VALUE) {
      throw new Refusal("The conductor at " + conductor + " does not say what time it is.");
    }
    return ahead;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  private static byte[] bytes(Object message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns by how many ms the conductor's clock is ahead of this machine's clock. */
  public long aheadMs() {
    return aheadMs;
  }

  private void speak() {
    while (open) {
      beat();
      boolean waits = state == State.READY || state == State.ENDED;
      LockSupport.parkNanos(waits ? WAITING_NANOS : BEAT_NANOS);
    }
  }

  private synchronized void beat() {
    Progress now = progress.get();
    Long began = now.loadStartedAtMs() == null ? null : now.loadStartedAtMs() + aheadMs;
    Beat beat =
        new Beat(
            injector,
            process,
            state,
            began,
            now.sent(),
            now.failed(),
            now.stopped(),
            now.byGenerator());
    Http.Answer answer = http.post(conductor + ConductorServer.BEAT, authorization, bytes(beat));
    if (answer.status() == 200) {
      heard(answer.body());
    } else if (lost == null && System.nanoTime() - heardNanos > Fleet.SILENCE.toNanos()) {
      lost = "the conductor has been silent for %d s".formatted(Fleet.SILENCE.toSeconds());
      order = new Order(order.startAtMs(), lost, true, order.startedAtMs());
    }
    if (order.stop() != null && !stopSeen) {
      stopSeen = true;
      onStop.accept(order);
    }
  }

  private void heard(String body) {
    try {
      Order heard = JSON.readValue(body, Order.class);
      heardNanos = System.nanoTime();
      if (lost == null) {
        order = heard;
      }
    } catch (IOException notOurs) {
      // An unreadable response counts as silence.
    }
  }

  /**
   * Waits until all injectors are ready, and then until the common start.
   *
   * @throws Refusal if the fleet stops before its start
   */
  public void awaitStart() {
    state = State.READY;
    while (order.startAtMs() == null) {
      mustGoOn();
      LockSupport.parkNanos(WAITING_NANOS / 4);
    }
    long start = order.startAtMs() - aheadMs;
    for (long left = left(start); left > 0; left = left(start)) {
      mustGoOn();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(left, 100)));
    }
    mustGoOn();
    state = State.RUNNING;
  }

  private static long left(long atMs) {
    return atMs - System.currentTimeMillis();
  }

  private void mustGoOn() {
    if (order.stop() != null) {
      throw new Refusal("The fleet stops before its load: " + order.stop());
    }
  }

  /**
   * Reports the running load from now on.
   *
   * @param done returns the current progress, for each heartbeat
   * @param stopping is called once if the load must stop early
   */
  public void runs(Supplier<Progress> done, Consumer<Order> stopping) {
    onStop = stopping;
    progress = done;
    if (order.stop() != null) {
      stopping.accept(order);
    }
  }

  /** Reports that this injector cannot run, so that the others do not wait for it. */
  public void refuse(String why) {
    state = State.REFUSED;
    progress = () -> new Progress(null, 0, 0, why, true);
    beat();
    close();
  }

  /**
   * Reports the end of this injector's load, and waits until all injectors have finished.
   *
   * @param loadStartedAtMs the start of this load in the log, in ms since the epoch by this
   *     machine's clock
   * @return the start of the first load, in ms since the epoch by this machine's clock
   * @throws Refusal if the conductor is lost
   */
  public long awaitOthers(long loadStartedAtMs) {
    Progress last = progress.get();
    progress =
        () ->
            new Progress(
                loadStartedAtMs, last.sent(), last.failed(), last.stopped(), last.byGenerator());
    state = State.ENDED;
    while (order.startedAtMs() == null) {
      if (lost != null) {
        throw new Refusal("This injector's part cannot be delivered: " + lost + ".");
      }
      LockSupport.parkNanos(WAITING_NANOS);
    }
    return order.startedAtMs() - aheadMs;
  }

  /**
   * Delivers the model to the conductor.
   *
   * @throws Refusal if the conductor does not accept it
   */
  public void deliver(Path model) {
    try {
      Http upload = new Http(UPLOAD, Optional.empty());
      Http.Answer answer =
          upload.post(
              conductor + ConductorServer.MODEL + injector,
              authorization,
              Files.readAllBytes(model));
      if (answer.status() != 200) {
        throw new Refusal(
            "The conductor did not take the model of injector %d: %s. It is in %s: kcp merge adds it up."
                .formatted(injector, answer.body(), model));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    state = State.DELIVERED;
    beat();
    close();
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }
}
