package com.soundcore.kcp.backend.fault;

import com.soundcore.kcp.backend.fault.FaultEffect.NoAnswer;
import com.soundcore.kcp.backend.http.Action;
import com.soundcore.kcp.backend.http.ConnectionPool;
import com.soundcore.kcp.backend.http.CountedPool;
import com.soundcore.kcp.backend.http.Reply;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** The effects by kind. They are real: they wait, keep memory, use CPU time, and send bytes. */
public final class FaultEffects {
  /** A real pool that is too small: calls hold their connection after their statements. */
  public static final String HELD = "held";

  private FaultEffects() {}

  static FaultEffect of(PlantedFault fault) {
    return switch (fault.kind()) {
      case "slow" -> slow(fault);
      case "errors" -> instead(fault, call -> Reply.detail(500, "Internal Server Error"));
      case "wrong-content" -> instead(fault, call -> Reply.json(200, new byte[] {'{', '}'}));
      case "reset" -> instead(fault, call -> noAnswer(true));
      case "hang" -> instead(fault, call -> noAnswer(false));
      case "pool" -> new SmallPool(fault);
      case HELD -> held(fault);
      case "leak", "out-of-memory" -> new Leak(fault);
      case "garbage" -> new Garbage(fault);
      case "autoscaling" -> new Autoscaling(fault);
      case "cpu" -> new Busy(fault);
      case "bandwidth" -> new NarrowLine(fault);
      case "overload", "slow-recovery" -> new Overload(fault);
      // These affect the whole process and not single answers.
      case "crash", "quota" -> new FaultEffect() {};
      default -> throw new IllegalArgumentException("there is no fault '" + fault.kind() + "'");
    };
  }

  private static Reply noAnswer(boolean close) throws NoAnswer {
    throw new NoAnswer(close);
  }

  public static void pause(double millis) {
    long end = System.nanoTime() + (long) (millis * 1e6);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static FaultEffect slow(PlantedFault fault) {
    return new FaultEffect() {
      @Override
      public Action connected(Action action) {
        return call -> {
          pause(fault.delayMs());
          return action.answer(call);
        };
      }
    };
  }

  private static FaultEffect held(PlantedFault fault) {
    return new FaultEffect() {
      @Override
      public Action connected(Action action) {
        return call -> {
          Reply reply = action.answer(call);
          pause(fault.delayMs());
          return reply;
        };
      }
    };
  }

  /** Replaces a share of the answers. */
  private static FaultEffect instead(PlantedFault fault, Action other) {
    return new FaultEffect() {
      @Override
      public Action whole(Action action) {
        return ThreadLocalRandom.current().nextDouble() < fault.share() ? other : action;
      }
    };
  }

  /** A separate pool that is too small for what each call does with its connection. */
  static final class SmallPool implements FaultEffect {
    private final PlantedFault fault;
    private final ConnectionPool pool;

    SmallPool(PlantedFault fault) {
      this.fault = fault;
      this.pool = new CountedPool((int) fault.size(), Duration.ofMillis(fault.lastingMs()));
    }

    ConnectionPool pool() {
      return pool;
    }

    @Override
    public Action whole(Action action) {
      return call -> {
        try {
          pool.take();
        } catch (IllegalStateException none) {
          return Reply.detail(503, "FATAL: sorry, too many connections already");
        }
        try {
          pause(fault.delayMs());
          return action.answer(call);
        } finally {
          pool.giveBack();
        }
      };
    }
  }

  private static final class Leak implements FaultEffect {
    private final PlantedFault fault;
    private final Queue<byte[]> kept = new ConcurrentLinkedQueue<>();

    Leak(PlantedFault fault) {
      this.fault = fault;
    }

    @Override
    public Action whole(Action action) {
      return call -> {
        byte[] forgotten = new byte[(int) fault.size()];
        // Written to, since the operating system allocates only used memory.
        Arrays.fill(forgotten, (byte) 1);
        kept.add(forgotten);
        return action.answer(call);
      };
    }
  }

  /** Work on a single processor, as in a container that has only one. */
  private static final class Busy implements FaultEffect {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PlantedFault fault;
    private final ReentrantLock processor = new ReentrantLock(true);

    Busy(PlantedFault fault) {
      this.fault = fault;
    }

    @Override
    public Action whole(Action action) {
      return call -> {
        processor.lock();
        try {
          long end = THREADS.getCurrentThreadCpuTime() + (long) (fault.delayMs() * 1e6);
          while (THREADS.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
          }
        } finally {
          processor.unlock();
        }
        return action.answer(call);
      };
    }
  }

  /** Large answers, one after the other, over a connection with limited bytes per second. */
  private static final class NarrowLine implements FaultEffect {
    private final PlantedFault fault;
    private long freeAtNanos = System.nanoTime();

    NarrowLine(PlantedFault fault) {
      this.fault = fault;
    }

    @Override
    public Action whole(Action action) {
      return call -> {
        Reply reply = action.answer(call);
        byte[] body = new byte[Math.max(reply.length(), (int) fault.size())];
        Arrays.fill(body, (byte) ' ');
        System.arraycopy(reply.body(), 0, body, 0, reply.length());
        long turn = turn((long) (body.length / fault.rate() * 1e9));
        pause((turn - System.nanoTime()) / 1e6);
        return new Reply(reply.status(), reply.contentType(), body, body.length);
      };
    }

    /** Returns when the connection has sent all earlier answers and this one. */
    private synchronized long turn(long nanos) {
      freeAtNanos = Math.max(freeAtNanos, System.nanoTime()) + nanos;
      return freeAtNanos;
    }
  }

  /** Slowness above a rate, and optionally for a while afterwards. */
  private static final class Overload implements FaultEffect {
    private final PlantedFault fault;
    private final CallRate rate;

    Overload(PlantedFault fault) {
      this.fault = fault;
      this.rate = new CallRate(fault.rate());
    }

    @Override
    public Action whole(Action action) {
      return call -> {
        if (rate.isAbove() || System.nanoTime() < rate.wasAboveAtNanos() + lasting()) {
          pause(fault.delayMs());
        }
        return action.answer(call);
      };
    }

    private long lasting() {
      return TimeUnit.MILLISECONDS.toNanos(fault.lastingMs());
    }
  }
}
