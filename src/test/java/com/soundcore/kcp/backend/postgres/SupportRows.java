package com.soundcore.kcp.backend.postgres;

import com.soundcore.kcp.backend.http.SerializedRow;
import com.soundcore.kcp.backend.support.SupportStore;
import java.util.List;

/** Conversations and tickets as rows. */
public final class SupportRows implements SupportStore {
  private final ServiceDatabase database;

  public SupportRows(ServiceDatabase database) {
    this.database = database;
  }

  /** Inserts the initial rows. */
  public void fill(List<Conversation> conversations, List<Ticket> tickets) {
    for (Conversation one : conversations) {
      database.run(
          "INSERT INTO conversations (user_name, topic, messages, started_at) VALUES (?, ?, ?, ?)",
          one.user(),
          one.topic(),
          one.messages(),
          one.startedAt());
    }
    for (Ticket one : tickets) {
      database.run(
          "INSERT INTO tickets (subject, status, priority, created_at) VALUES (?, ?, ?, ?)",
          one.subject(),
          one.status(),
          one.priority(),
          one.createdAt());
    }
  }

  @Override
  public List<SerializedRow<Conversation>> conversations(long skip, int count) {
    return database.all(
        "SELECT id, user_name, topic, messages, started_at FROM conversations"
            + " ORDER BY id DESC LIMIT ? OFFSET ?",
        row ->
            new SerializedRow<>(
                new Conversation(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getInt(4),
                    row.getString(5))),
        count,
        skip);
  }

  @Override
  public int chats() {
    return (int) database.number("SELECT count(*) FROM conversations");
  }

  @Override
  public List<SerializedRow<Ticket>> tickets(long skip, int count) {
    return database.all(
        "SELECT id, subject, status, priority, created_at FROM tickets"
            + " ORDER BY id DESC LIMIT ? OFFSET ?",
        row ->
            new SerializedRow<>(
                new Ticket(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5))),
        count,
        skip);
  }

  @Override
  public int ticketCount() {
    return (int) database.number("SELECT count(*) FROM tickets");
  }

  @Override
  public int chat(String user, String message) {
    return (int)
        database.number(
            "INSERT INTO conversations (user_name, topic, messages, started_at)"
                + " VALUES (?, ?, 2, now()::text) RETURNING id",
            user,
            message);
  }
}
