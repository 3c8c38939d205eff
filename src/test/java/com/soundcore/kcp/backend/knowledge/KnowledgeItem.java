package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.http.JsonBuffer;
import com.soundcore.kcp.backend.http.Reply;
import com.soundcore.kcp.backend.http.SerializedRow;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A knowledge item. Its rarely changing fields are kept as JSON. Views and likes, which change with
 * every read, are counted separately.
 */
public final class KnowledgeItem {
  /** The fields that a client writes. */
  public record Draft(
      String title,
      String content,
      String summary,
      String type,
      String status,
      Integer productId,
      List<String> tags,
      String language,
      String source,
      String author) {}

  private record Fields(
      int id,
      String title,
      String content,
      String summary,
      String type,
      String status,
      Integer productId,
      List<String> tags,
      String language,
      String source,
      String author,
      String embeddingId,
      int vectorDimension,
      double qualityScore,
      double readabilityScore,
      double seoScore,
      String createdAt,
      String updatedAt,
      String publishedAt) {}

  private record FoundFields(
      int knowledgeId,
      String title,
      String summary,
      String type,
      List<String> highlights,
      Integer productId,
      List<String> tags) {}

  /**
   * The state after the last write. Each write creates a new version. Its JSON is built when
   * needed.
   */
  private record Version(
      Draft draft, SerializedRow<Fields> fields, SerializedRow<FoundFields> found) {}

  private static final int VECTOR_DIMENSION = 384;

  private final int id;
  private final double qualityScore;
  private final Instant createdAt;
  private final AtomicLong views;
  private final AtomicLong likes;
  private volatile Version version;

  public KnowledgeItem(
      int id, Draft draft, double qualityScore, Instant createdAt, long views, long likes) {
    this.id = id;
    this.qualityScore = qualityScore;
    this.createdAt = createdAt;
    this.views = new AtomicLong(views);
    this.likes = new AtomicLong(likes);
    write(draft, createdAt);
  }

  final void write(Draft draft, Instant now) {
    Fields fields =
        new Fields(
            id,
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
            "emb-" + id,
            VECTOR_DIMENSION,
            qualityScore,
            Math.round(qualityScore * 9) / 10.0,
            Math.round(qualityScore * 8) / 10.0,
            createdAt.toString(),
            now.toString(),
            draft.status().equals("published") ? now.toString() : null);
    FoundFields found =
        new FoundFields(
            id,
            draft.title(),
            draft.summary(),
            draft.type(),
            List.of(draft.title()),
            draft.productId(),
            draft.tags());
    version = new Version(draft, new SerializedRow<>(fields), new SerializedRow<>(found));
  }

  void writeTo(JsonBuffer out) {
    byte[] head = version.fields().json();
    out.add(head, head.length - 1)
        .add(",\"view_count\":")
        .add(views.get())
        .add(",\"like_count\":")
        .add(likes.get())
        .add(",\"share_count\":0}");
  }

  /** Adds the item in the format of a search result. */
  void writeFoundTo(JsonBuffer out, double score) {
    byte[] head = version.found().json();
    out.add(head, head.length - 1).add(",\"score\":").add(score).add('}');
  }

  Reply reply(int status) {
    JsonBuffer out = new JsonBuffer(version.fields().json().length + 80);
    writeTo(out);
    return new Reply(status, "application/json", out.array(), out.length());
  }

  public int id() {
    return id;
  }

  public Draft draft() {
    return version.draft();
  }

  public double qualityScore() {
    return qualityScore;
  }

  long views() {
    return views.get();
  }

  long likes() {
    return likes.get();
  }

  public void viewed() {
    views.incrementAndGet();
  }

  void liked() {
    likes.incrementAndGet();
  }
}
