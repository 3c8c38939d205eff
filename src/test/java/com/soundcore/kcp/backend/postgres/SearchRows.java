package com.soundcore.kcp.backend.postgres;

import com.soundcore.kcp.backend.knowledge.SearchLog;
import java.util.List;

/** The searches as rows, one for each search. */
public final class SearchRows implements SearchLog {
  private final ServiceDatabase database;

  public SearchRows(ServiceDatabase database) {
    this.database = database;
  }

  @Override
  public void searched(String query, int found) {
    database.run("INSERT INTO search_logs (query, results) VALUES (?, ?)", query, found);
  }

  @Override
  public long searches() {
    return database.number("SELECT count(*) FROM search_logs");
  }

  @Override
  public double averageResults() {
    return database
        .first(
            "SELECT coalesce(round(avg(results), 2), 0) FROM search_logs", row -> row.getDouble(1))
        .orElse(0.0);
  }

  @Override
  public List<Query> top(int count) {
    return database.all(
        "SELECT query, count(*) FROM search_logs GROUP BY query ORDER BY 2 DESC, 1 LIMIT ?",
        row -> new Query(row.getString(1), row.getLong(2)),
        count);
  }
}
