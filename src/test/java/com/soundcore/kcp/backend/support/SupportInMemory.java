package com.soundcore.kcp.backend.support;

import com.soundcore.kcp.backend.http.BoundedLog;
import com.soundcore.kcp.backend.http.SerializedRow;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Conversations and tickets in memory: at most twice the initial rows plus 1,000. */
public final class SupportInMemory implements SupportStore {
  private final BoundedLog<SerializedRow<Conversation>> conversations;
  private final BoundedLog<SerializedRow<Ticket>> tickets;
  private final AtomicInteger lastId = new AtomicInteger(1_000_000);

  public SupportInMemory(List<Conversation> conversations, List<Ticket> tickets) {
    this.conversations = new BoundedLog<>(2 * conversations.size() + 1000);
    this.tickets = new BoundedLog<>(2 * tickets.size() + 1000);
    conversations.forEach(row -> this.conversations.add(new SerializedRow<>(row)));
    tickets.forEach(row -> this.tickets.add(new SerializedRow<>(row)));
  }

  @Override
  public List<SerializedRow<Conversation>> conversations(long skip, int count) {
    return conversations.newest(skip, count);
  }

  @Override
  public int chats() {
    return conversations.total();
  }

  @Override
  public List<SerializedRow<Ticket>> tickets(long skip, int count) {
    return tickets.newest(skip, count);
  }

  @Override
  public int ticketCount() {
    return tickets.total();
  }

  @Override
  public int chat(String user, String message) {
    int id = lastId.incrementAndGet();
    Conversation begun = new Conversation(id, user, message, 2, Instant.now().toString());
    conversations.add(new SerializedRow<>(begun));
    return id;
  }
}
