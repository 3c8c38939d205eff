package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A fault planted into the embedded backend to check that the suite finds it. Values that a kind
 * does not use are zero.
 *
 * @param service the affected service
 * @param kind the effect
 * @param operation the only affected operation; absent for all. For the database, the table
 * @param from its begin, from the start of the load
 * @param to its end, from the start of the load; absent for no end
 * @param delay a latency, CPU time or hold time
 * @param share a fraction from 0 to 1, such as of the responses
 * @param size a number of connections, bytes, sessions or copies
 * @param rate requests per second, or bytes per second
 * @param lasting the duration of an effect or of a wait
 */
public record Fault(
    String service,
    Kind kind,
    Optional<String> operation,
    Duration from,
    Optional<Duration> to,
    Duration delay,
    double share,
    long size,
    double rate,
    Duration lasting) {

  /** The effects of faults. */
  public enum Kind {
    /** Responses take longer by `delay`, as with a slow query: the call holds its connection. */
    SLOW("delay"),
    /** A `share` of the responses has status 500. */
    ERRORS("share"),
    /** A `share` of the responses has status 200 and wrong content. */
    WRONG_CONTENT("share"),
    /** The connection of a `share` of the calls is closed without a response. */
    RESET("share"),
    /** A `share` of the calls is accepted and never answered. */
    HANG("share"),
    /**
     * A pool of `size` connections. Each call holds one for `delay`, and waits up to `lasting` for
     * one.
     */
    POOL("size", "delay", "lasting"),
    /** Each call leaks `size` bytes. */
    LEAK("size"),
    /**
     * Each call leaks `size` bytes until the process runs out of memory. It is up again after
     * `lasting`.
     */
    OUT_OF_MEMORY("size", "lasting"),
    /** A `share` of the heap is live, and each call allocates `size` bytes of garbage. */
    GARBAGE("share", "size"),
    /** A control group limits the process to a `share` of a processor. */
    QUOTA("share"),
    /**
     * Above `rate` requests per second, responses take longer by `delay`. A second instance starts
     * after `lasting`.
     */
    AUTOSCALING("rate", "delay", "lasting"),
    /** Each call computes for `delay` on the only processor. */
    CPU("delay"),
    /** Responses of `size` bytes pass through a line of `rate` bytes per second. */
    BANDWIDTH("size", "rate"),
    /** Above `rate` requests per second, responses take longer by `delay`. */
    OVERLOAD("rate", "delay"),
    /** Like an overload, with responses still slower for `lasting` afterwards. */
    SLOW_RECOVERY("rate", "delay", "lasting"),
    /** The service is down between `from` and `to`. */
    CRASH,
    /** A table of the database (`operation`) loses its indexes. */
    INDEX_DROPPED,
    /** Statements that read a table of the database take longer by `delay`. */
    SLOW_STATEMENT("delay"),
    /** A table of the database is locked for `delay`, then free for `lasting`, repeatedly. */
    LOCK("delay", "lasting"),
    /** A transaction that holds a lock on a table of the database is left open. */
    OPEN_TRANSACTION,
    /** Another client opens all connections of the database except `size`. */
    CONNECTIONS("size"),
    /**
     * Another client repeatedly copies a table of the database `size` times and writes the copies
     * to the disk.
     */
    DISK_WORK("size"),
    /** A number of sessions (`size`) continuously read a table of the database. */
    REPORT("size");

    /** The service name of the embedded database. */
    public static final String DATABASE = "database";

    private static final Set<Kind> OF_THE_DATABASE =
        EnumSet.of(
            INDEX_DROPPED, SLOW_STATEMENT, LOCK, OPEN_TRANSACTION, CONNECTIONS, DISK_WORK, REPORT);

    private final Set<String> keys;

    Kind(String... keys) {
      this.keys = Set.of(keys);
    }

    /** Returns whether the fault affects the database and not a service. */
    public boolean ofTheDatabase() {
      return OF_THE_DATABASE.contains(this);
    }

    /** Returns the keys that the kind requires in addition to service, operation, from and to. */
    public Set<String> keys() {
      return keys;
    }
  }

  /** Returns a text such as "slow at knowledge / list from 10 s". */
  public String text() {
    String where = service + operation.map(name -> " / " + name).orElse("");
    String begin = from.isZero() ? "" : " from " + Units.text(from);
    String end = to.map(until -> " to " + Units.text(until)).orElse("");
    return kindName() + " at " + where + begin + end;
  }

  /** Returns the kind as written in the configuration. */
  public String kindName() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
