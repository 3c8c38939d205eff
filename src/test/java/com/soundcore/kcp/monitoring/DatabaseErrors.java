package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.config.Monitoring;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** PostgreSQL errors by SQLSTATE, as sentences and as metrics. */
final class DatabaseErrors {
  private static final String NO_CONNECTION = "53300";
  private static final Set<String> TOO_SLOW = Set.of("57014", "55P03");

  private DatabaseErrors() {}

  /** Returns whether a timeout ended the query. The connection remains usable. */
  static boolean isTooSlow(SQLException e) {
    return TOO_SLOW.contains(state(e));
  }

  /**
   * Returns the metric to record for this error: {@code refused} or {@code unreachable}, else
   * empty.
   */
  static Optional<String> figure(SQLException e) {
    if (state(e).equals(NO_CONNECTION)) {
      return Optional.of("refused");
    }
    boolean gone = state(e).startsWith("08") || state(e).startsWith("57P");
    return gone ? Optional.of("unreachable") : Optional.empty();
  }

  /**
   * Returns the error as a sentence. The driver's own message contains the user's name, so that is
   * replaced.
   */
  static String inWords(
      SQLException e, Monitoring.Database database, DatabaseWatch.Credentials credentials) {
    String state = state(e);
    if (state.startsWith("28")) {
      return "it refused user or password (KCP_DATABASE_USER, KCP_DATABASE_PASSWORD)";
    }
    if (state.equals(NO_CONNECTION)) {
      return "it has no connection left, not even for its monitoring";
    }
    if (isTooSlow(e)) {
      return "no answer within " + database.timeout().toMillis() + " ms";
    }
    if (state.startsWith("08")) {
      return "could not connect to " + database.url() + ", or lost the connection";
    }
    return String.valueOf(e.getMessage()).replace(credentials.user(), "(the user)");
  }

  private static String state(SQLException e) {
    return String.valueOf(e.getSQLState());
  }
}
