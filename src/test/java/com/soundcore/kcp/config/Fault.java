package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Something that is planted into the embedded backend, to see that the suite finds it. What a kind
 * does not need is zero.
 *
 * @param service whose answers it spoils
 * @param kind what it does
 * @param operation only this one of the service's; of the database, the table
 * @param from after the start of the load
 * @param to after the start of the load; absent for ever
 * @param delay time that an answer takes longer, or that it works
 * @param share of the answers, from 0 to 1
 * @param size connections, or bytes
 * @param rate requests or bytes per second
 * @param lasting how long something goes on, or is waited for
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

  /** What a fault does. */
  public enum Kind {
    /** Answers take longer by `delay`, as a slow query does: it holds its connection. */
    SLOW("delay"),
    /** A `share` of the answers is an error of the server. */
    ERRORS("share"),
    /** A `share` of the answers has status 200 and the wrong content. */
    WRONG_CONTENT("share"),
    /** For a `share` of the calls the connection is closed without an answer. */
    RESET("share"),
    /** A `share` of the calls is accepted and never answered. */
    HANG("share"),
    /** `size` connections only, each call holds one for `delay`, and waits `lasting` for it. */
    POOL("size", "delay", "lasting"),
    /** Each call leaves `size` bytes behind for ever. */
    LEAK("size"),
    /**
     * Each call leaves `size` bytes behind, until the process ends for lack of memory; `lasting`
     * later it is there again.
     */
    OUT_OF_MEMORY("size", "lasting"),
    /** A `share` of the heap lives, and each call leaves `size` bytes of garbage. */
    GARBAGE("share", "size"),
    /** Its process gets a `share` of a processor, by a control group. */
    QUOTA("share"),
    /**
     * Above `rate` requests per second slower by `delay`, until, `lasting` later, there are two
     * instances.
     */
    AUTOSCALING("rate", "delay", "lasting"),
    /** Each call works for `delay` on the one processor there is. */
    CPU("delay"),
    /** Answers of `size` bytes through a line of `rate` bytes per second. */
    BANDWIDTH("size", "rate"),
    /** Above `rate` requests per second answers take longer by `delay`. */
    OVERLOAD("rate", "delay"),
    /** As overload, and still slower for `lasting` afterwards. */
    SLOW_RECOVERY("rate", "delay", "lasting"),
    /** The service is gone between `from` and `to`. */
    CRASH,
    /** Of a table of the database (`operation`): its indexes are gone. */
    INDEX_DROPPED,
    /** Of a table of the database: statements that read it take longer by `delay`. */
    SLOW_STATEMENT("delay"),
    /** A table of the database is locked for `delay`, again and again, `lasting` apart. */
    LOCK("delay", "lasting"),
    /** A transaction that holds a lock of a table of the database is left open. */
    OPEN_TRANSACTION,
    /** Another client takes all connections of the database but `size`. */
    CONNECTIONS("size"),
    /**
     * Another client copies a table of the database `size` times over, and writes all of it to the
     * disk, again and again.
     */
    DISK_WORK("size"),
    /** So many sessions (`size`) read a table of the database without an end. */
    REPORT("size");

    /** The service that stands for the embedded database. */
    public static final String DATABASE = "database";

    private static final Set<Kind> OF_THE_DATABASE =
        EnumSet.of(
            INDEX_DROPPED, SLOW_STATEMENT, LOCK, OPEN_TRANSACTION, CONNECTIONS, DISK_WORK, REPORT);

    private final Set<String> keys;

    Kind(String... keys) {
      this.keys = Set.of(keys);
    }

    /** Whether it is planted into the database, and not into a service. */
    public boolean ofTheDatabase() {
      return OF_THE_DATABASE.contains(this);
    }

    /** The keys that it needs in addition to service, operation, from and to. */
    public Set<String> keys() {
      return keys;
    }
  }

  /** "slow at knowledge / list from 10 s". */
  public String text() {
    String where = service + operation.map(name -> " / " + name).orElse("");
    String begin = from.isZero() ? "" : " from " + Units.text(from);
    String end = to.map(until -> " to " + Units.text(until)).orElse("");
    return kindName() + " at " + where + begin + end;
  }

  /** As it is written in the configuration. */
  public String kindName() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
