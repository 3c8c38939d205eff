package com.soundcore.kcp.backend.postgres;

import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.knowledge.Filter;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem.Draft;
import com.soundcore.kcp.backend.knowledge.KnowledgeStore;
import com.soundcore.kcp.backend.knowledge.KnowledgeSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The knowledge items as rows. */
public final class KnowledgeRows implements KnowledgeStore {
  private static final String COLUMNS =
      "id, title, content, summary, type, status, product_id, tags, language, source, author,"
          + " quality_score, created_at, view_count, like_count";
  private static final int MOST_VIEWED = 10;

  private final ServiceDatabase database;

  public KnowledgeRows(ServiceDatabase database) {
    this.database = database;
  }

  @Override
  public KnowledgeItem create(Draft draft, Instant now) {
    return createWithHistory(draft, now, 0, 0);
  }

  /** Creates an item with a past: an age, views and likes. */
  public KnowledgeItem createWithHistory(Draft draft, Instant createdAt, long views, long likes) {
    return database
        .first(
            "INSERT INTO knowledge_items (title, content, summary, type, status, product_id, tags,"
                + " language, source, author, quality_score, created_at, view_count, like_count)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, round(random()::numeric * 100, 1), ?, ?,"
                + " ?) RETURNING "
                + COLUMNS,
            KnowledgeRows::item,
            draft.title(),
            draft.content(),
            draft.summary(),
            draft.type(),
            draft.status(),
            draft.productId(),
            draft.tags(),
            draft.language(),
            draft.source(),
            draft.author(),
            Timestamp.from(createdAt),
            views,
            likes)
        .orElseThrow();
  }

  @Override
  public KnowledgeItem update(KnowledgeItem item, Draft draft) {
    return database
        .first(
            "UPDATE knowledge_items SET title = ?, content = ?, summary = ?, type = ?, status = ?,"
                + " product_id = ?, tags = ?, language = ?, source = ?, author = ?, updated_at ="
                + " now() WHERE id = ? RETURNING "
                + COLUMNS,
            KnowledgeRows::item,
            draft.title(),
            draft.content(),
            draft.summary(),
            draft.type(),
            draft.status(),
            draft.productId(),
            draft.tags(),
            draft.language(),
            draft.source(),
            draft.author(),
            item.id())
        .orElseThrow();
  }

  @Override
  public KnowledgeItem get(int id) {
    return database
        .first("SELECT " + COLUMNS + " FROM knowledge_items WHERE id = ?", KnowledgeRows::item, id)
        .orElseThrow(() -> new NotFound("Knowledge item", id));
  }

  @Override
  public void viewed(KnowledgeItem item) {
    database.run("UPDATE knowledge_items SET view_count = view_count + 1 WHERE id = ?", item.id());
    item.viewed();
  }

  @Override
  public void liked(KnowledgeItem item) {
    database.run("UPDATE knowledge_items SET like_count = like_count + 1 WHERE id = ?", item.id());
  }

  @Override
  public Page page(Filter filter, long skip, int count) {
    List<String> rules = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    any("type = ANY(?)", filter.types(), rules, values);
    any("product_id::text = ANY(?)", filter.products(), rules, values);
    any("tags && ?", filter.tags(), rules, values);
    any("status = ANY(?)", filter.statuses(), rules, values);
    filter.language().ifPresent(text -> one("language = ?", text, rules, values));
    filter.minQuality().ifPresent(least -> one("quality_score >= ?", least, rules, values));
    String where = rules.isEmpty() ? "" : " WHERE " + String.join(" AND ", rules);
    long total = database.number("SELECT count(*) FROM knowledge_items" + where, values.toArray());
    values.add(count);
    values.add(skip);
    List<KnowledgeItem> items =
        database.all(
            "SELECT "
                + COLUMNS
                + " FROM knowledge_items"
                + where
                + " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
            KnowledgeRows::item,
            values.toArray());
    return new Page(items, (int) total);
  }

  private static void any(
      String rule, List<String> wanted, List<String> rules, List<Object> values) {
    if (!wanted.isEmpty()) {
      one(rule, wanted, rules, values);
    }
  }

  private static void one(String rule, Object value, List<String> rules, List<Object> values) {
    rules.add(rule);
    values.add(value);
  }

  /** Reads the text of every row: no index supports words in the middle. */
  @Override
  public Found search(String query, int top) {
    String like = "%" + query.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    List<Match> matches =
        database.all(
            "SELECT "
                + COLUMNS
                + ", count(*) OVER () AS total FROM knowledge_items WHERE title"
                + " ILIKE ? OR content ILIKE ? ORDER BY view_count DESC, id LIMIT ?",
            row -> new Match(item(row), 1),
            like,
            like,
            top);
    return new Found(matches.size(), matches);
  }

  @Override
  public KnowledgeSummary summary() {
    List<KnowledgeSummary.Viewed> most =
        database.all(
            "SELECT title, view_count FROM knowledge_items ORDER BY view_count DESC LIMIT "
                + MOST_VIEWED,
            row -> new KnowledgeSummary.Viewed(row.getString(1), row.getLong(2)));
    return database
        .first(
            "SELECT count(*), coalesce(sum(view_count), 0), coalesce(sum(like_count), 0),"
                + " coalesce(round(avg(quality_score), 2), 0) FROM knowledge_items",
            row ->
                new KnowledgeSummary(
                    row.getInt(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getDouble(4),
                    counted("status"),
                    counted("type"),
                    counted("language"),
                    most))
        .orElseThrow();
  }

  private Map<String, Integer> counted(String column) {
    Map<String, Integer> counts = new TreeMap<>();
    database
        .all(
            "SELECT " + column + ", count(*) FROM knowledge_items GROUP BY " + column,
            row -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  /** Returns all views, since those of today are not counted separately. */
  @Override
  public long viewsToday() {
    return database.number("SELECT coalesce(sum(view_count), 0) FROM knowledge_items");
  }

  private static KnowledgeItem item(ResultSet row) throws SQLException {
    Draft draft =
        new Draft(
            row.getString("title"),
            row.getString("content"),
            row.getString("summary"),
            row.getString("type"),
            row.getString("status"),
            (Integer) row.getObject("product_id"),
            List.of((String[]) row.getArray("tags").getArray()),
            row.getString("language"),
            row.getString("source"),
            row.getString("author"));
    return new KnowledgeItem(
        row.getInt("id"),
        draft,
        row.getDouble("quality_score"),
        row.getTimestamp("created_at").toInstant(),
        row.getLong("view_count"),
        row.getLong("like_count"));
  }
}
