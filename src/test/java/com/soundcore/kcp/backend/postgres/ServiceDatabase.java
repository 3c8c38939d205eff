package com.soundcore.kcp.backend.postgres;

import com.soundcore.kcp.backend.http.ConnectionPool;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service's pool of connections to PostgreSQL. A call takes a connection, which belongs to its
 * thread until it is returned. Statements run on the thread's connection.
 */
public final class ServiceDatabase implements ConnectionPool, AutoCloseable {
  /** Reader of a row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static final int KEPT_OPEN = 10;

  private final HikariDataSource source;
  private final ThreadLocal<Connection> mine = new ThreadLocal<>();

  /**
   * @param url a JDBC URL of PostgreSQL
   * @param service name of the connections in the database
   * @param size largest number of connections
   * @param timeout longest wait for a connection
   */
  public ServiceDatabase(String url, String service, int size, Duration timeout) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(PostgresServer.SERVICE_ROLE);
    config.setPoolName(service);
    config.addDataSourceProperty("ApplicationName", service + "-service");
    config.setMaximumPoolSize(size);
    // A call is a transaction, as in the real services.
    config.setAutoCommit(false);
    config.setMinimumIdle(Math.min(size, KEPT_OPEN));
    config.setConnectionTimeout(timeout.toMillis());
    // A database without free connections leads to error answers and does not prevent the start.
    config.setInitializationFailTimeout(-1);
    source = new HikariDataSource(config);
  }

  /** Always refuses, since statements must not block the threads that read and write sockets. */
  @Override
  public boolean tryTake() {
    return false;
  }

  @Override
  public void take() {
    try {
      mine.set(source.getConnection());
    } catch (SQLException none) {
      String cause = none.getCause() == null ? "" : ": " + none.getCause().getMessage();
      throw new IllegalStateException(none.getMessage() + cause);
    }
  }

  @Override
  public void giveBack() {
    Connection taken = mine.get();
    mine.remove();
    try {
      // After a failed statement, this is a rollback.
      taken.commit();
      taken.close();
    } catch (SQLException broken) {
      source.evictConnection(taken);
    }
  }

  @Override
  public int size() {
    return source.getMaximumPoolSize();
  }

  @Override
  public int inUse() {
    return Optional.ofNullable(source.getHikariPoolMXBean())
        .map(HikariPoolMXBean::getActiveConnections)
        .orElse(0);
  }

  @Override
  public int waiting() {
    return Optional.ofNullable(source.getHikariPoolMXBean())
        .map(HikariPoolMXBean::getThreadsAwaitingConnection)
        .orElse(0);
  }

  @Override
  public void close() {
    source.close();
  }

  <T> List<T> all(String sql, Row<T> row, Object... values) {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(row.read(rows));
      }
      return all;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  <T> Optional<T> first(String sql, Row<T> row, Object... values) {
    return all(sql, row, values).stream().findFirst();
  }

  long number(String sql, Object... values) {
    return first(sql, row -> row.getLong(1), values).orElse(0L);
  }

  void run(String sql, Object... values) {
    try (PreparedStatement statement = prepared(sql, values)) {
      statement.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
    PreparedStatement statement = mine.get().prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof List<?> list) {
        statement.setArray(i + 1, mine.get().createArrayOf("text", list.toArray()));
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
    return statement;
  }
}
