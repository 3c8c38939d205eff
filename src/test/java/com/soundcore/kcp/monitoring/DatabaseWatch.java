package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.run.DatabaseSample;
import com.soundcore.kcp.run.ResourceSample;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A watch on PostgreSQL's sessions and statistics during the load. Monitoring must not become load:
 * it uses one read-only connection, every query has a timeout, and polls become rarer if they are
 * slow. Missing permissions are reported once.
 */
public final class DatabaseWatch implements AutoCloseable {
  private static final int SLOWEST = 8;
  // The first poll compiles its statement, and a single slow poll may be chance.
  private static final double SLOW_SHARE = 0.2;
  private static final int SLOW_LOOKS = 5;

  private final Monitoring.Database database;
  private final Duration every;
  private final Credentials credentials;
  private final long start = System.nanoTime();
  private final List<ResourceSample> samples = new ArrayList<>();
  private final List<DatabaseSample> sessions = new ArrayList<>();
  private final Set<String> reported = new HashSet<>();
  private final Thread thread = new Thread(this::watch, "database-watch");
  private volatile Map<String, Double> latest = Map.of();
  private volatile boolean open = true;

  /**
   * Login of the monitoring role.
   *
   * @param password never printed
   */
  public record Credentials(String user, String password) {
    /**
     * Reads KCP_DATABASE_USER and KCP_DATABASE_PASSWORD. The default user is the user of the
     * operating system.
     */
    public static Credentials fromEnvironment() {
      Map<String, String> all = System.getenv();
      return new Credentials(
          all.getOrDefault("KCP_DATABASE_USER", System.getProperty("user.name")),
          all.getOrDefault("KCP_DATABASE_PASSWORD", ""));
    }

    @Override
    public String toString() {
      return "(secret)";
    }
  }

  /**
   * Starts to poll, unless no database is configured or {@code every} is zero.
   *
   * @param every time between two samples; zero disables the watch
   */
  public DatabaseWatch(Monitoring.Database database, Duration every, Credentials credentials) {
    this.database = database;
    this.every = every;
    this.credentials = credentials;
    thread.setDaemon(true);
    if (!database.url().isEmpty() && !every.isZero()) {
      thread.start();
    }
  }

  /** Returns the database's metrics in the same form as a service's. */
  public synchronized List<ResourceSample> samples() {
    return List.copyOf(samples);
  }

  /** Returns what the sessions did. */
  public synchronized List<DatabaseSample> sessions() {
    return List.copyOf(sessions);
  }

  /** Returns the latest metrics by name; empty before the first poll. */
  public Map<String, Double> latest() {
    return latest;
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }

  private void watch() {
    while (open) {
      try (Connection connection = connect(database, credentials)) {
        ask(connection);
      } catch (SQLException refused) {
        DatabaseErrors.figure(refused).ifPresent(this::keep);
        tell(DatabaseErrors.inWords(refused, database, credentials));
      } catch (RuntimeException broken) {
        tell(broken.toString());
      }
      sleepUntil(System.nanoTime() + every.toNanos());
    }
  }

  /** Returns why the database is unreachable, as a sentence; empty if it is reachable. */
  static Optional<String> unreachable(Monitoring.Database database, Credentials credentials) {
    try {
      connect(database, credentials).close();
      return Optional.empty();
    } catch (SQLException refused) {
      return Optional.of(DatabaseErrors.inWords(refused, database, credentials));
    }
  }

  private static Connection connect(Monitoring.Database database, Credentials credentials)
      throws SQLException {
    Properties properties = new Properties();
    long seconds = Math.max(1, database.timeout().toSeconds());
    properties.setProperty("user", credentials.user());
    properties.setProperty("password", credentials.password());
    properties.setProperty("ApplicationName", "kcp-load-test");
    properties.setProperty("loginTimeout", String.valueOf(seconds));
    properties.setProperty("connectTimeout", String.valueOf(seconds));
    // A hung server does not enforce its own timeout, so the client waits slightly longer.
    properties.setProperty("socketTimeout", String.valueOf(seconds + 1));
    properties.setProperty(
        "options",
        "-c default_transaction_read_only=on -c lock_timeout=100 -c statement_timeout="
            + database.timeout().toMillis());
    return DriverManager.getConnection(database.url(), properties);
  }

  /** Polls until the watch is closed or the connection breaks. */
  private void ask(Connection connection) throws SQLException {
    DatabaseSessions looks = new DatabaseSessions(connection);
    DatabaseStatistics statistics = new DatabaseStatistics(connection, this::tell);
    compare(database.pools(), looks.connectionsForAll());
    int slowness = 1;
    int slowLooks = 0;
    long flushed = System.nanoTime();
    for (long next = flushed; open; next += database.sessionsEvery().toNanos() * slowness) {
      sleepUntil(next);
      if (!open) {
        return;
      }
      long before = System.nanoTime();
      boolean tooSlow = !looked(looks);
      if (looks.blind()) {
        tell(
            "its role may not see other sessions; run GRANT pg_monitor TO <role> (see the manual on"
                + " diagnosis)");
      }
      if (System.nanoTime() - flushed >= every.toNanos()) {
        flushed = System.nanoTime();
        keep(looks, statistics);
      }
      double took = System.nanoTime() - before;
      boolean slow = tooSlow || took > database.sessionsEvery().toNanos() * slowness * SLOW_SHARE;
      slowLooks = slow ? slowLooks + 1 : 0;
      if (slowLooks >= SLOW_LOOKS && slowness < SLOWEST) {
        slowness *= 2;
        slowLooks = 0;
        tell(
            "a poll took %.0f ms; polling every %d ms from now on"
                .formatted(took / 1e6, database.sessionsEvery().toMillis() * slowness));
      }
      next = Math.max(next, System.nanoTime() - database.sessionsEvery().toNanos());
    }
  }

  /** Returns whether a poll succeeded before its timeout. */
  private boolean looked(DatabaseSessions looks) throws SQLException {
    try {
      looks.look();
      return true;
    } catch (SQLException e) {
      if (DatabaseErrors.isTooSlow(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Pools that are too large together only fail under full load, so warn at the start. */
  private void compare(Map<String, Integer> pools, int allowed) {
    int wanted = pools.values().stream().mapToInt(Integer::intValue).sum();
    if (wanted > allowed) {
      tell(
          String.format(
              Locale.ROOT,
              "the pools of its services may open %,d connections together, and it allows %,d:"
                  + " under load some will get none (max_connections; smaller pools; a pooler)",
              wanted,
              allowed));
    }
  }

  private void keep(DatabaseSessions looks, DatabaseStatistics statistics) {
    if (!looks.any()) {
      return;
    }
    Map<String, Double> figures = new TreeMap<>();
    DatabaseSessions.Seen seen = looks.seenThenReset();
    figures.putAll(seen.figures());
    DatabaseStatistics.Grown grown = statistics.sinceLastTime();
    figures.putAll(grown.figures());
    if (database.cores() > 0) {
      figures.put("cores", database.cores());
    }
    double second = second();
    String name = Monitoring.Database.NAME;
    latest = figures;
    synchronized (this) {
      samples.add(new ResourceSample(second, name, figures));
      sessions.add(
          new DatabaseSample(
              second, name, seen.statements(), seen.waits(), grown.scans(), grown.timed()));
    }
  }

  /** A refused connection is recorded as a metric. */
  private synchronized void keep(String figure) {
    samples.add(new ResourceSample(second(), Monitoring.Database.NAME, Map.of(figure, 1.0)));
  }

  private double second() {
    return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
  }

  private void sleepUntil(long nanos) {
    while (open && System.nanoTime() < nanos) {
      LockSupport.parkNanos(this, nanos - System.nanoTime());
    }
  }

  private synchronized void tell(String why) {
    if (open && reported.add(why)) {
      System.out.printf("resources of the database: %s (kcp.monitoring.database)%n", why);
    }
  }
}
