package com.soundcore.kcp.backend.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.backend.http.ApiCall;
import com.soundcore.kcp.backend.http.BoundedLog;
import com.soundcore.kcp.backend.http.Fields;
import com.soundcore.kcp.backend.http.Reply;
import com.soundcore.kcp.backend.server.Paging;
import com.soundcore.kcp.backend.server.ServiceServer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The support service: conversations, tickets and a chat that answers without a model. */
public final class SupportApi {
  public record Conversation(int id, String user, String topic, int messages, String startedAt) {}

  public record Ticket(int id, String subject, String status, String priority, String createdAt) {}

  private final BoundedLog<Conversation> conversations;
  private final BoundedLog<Ticket> tickets;
  private final AtomicInteger lastId = new AtomicInteger(1_000_000);

  /** Room for as many rows as it starts with, and as many again. */
  public SupportApi(List<Conversation> conversations, List<Ticket> tickets) {
    this.conversations = new BoundedLog<>(2 * conversations.size() + 1000);
    this.tickets = new BoundedLog<>(2 * tickets.size() + 1000);
    conversations.forEach(this.conversations::add);
    tickets.forEach(this.tickets::add);
  }

  public void serve(ServiceServer server) {
    server.query(
        "GET",
        "/api/v1/support/conversations",
        call -> Reply.ok(new Conversations(page(call, conversations), conversations.total())));
    server.query(
        "GET",
        "/api/v1/support/tickets",
        call -> Reply.ok(new Tickets(page(call, tickets), tickets.total())));
    server.query("POST", "/api/v1/support/chat", this::chat);
  }

  public int chats() {
    return conversations.total();
  }

  private static <T> List<T> page(ApiCall call, BoundedLog<T> rows) {
    Paging pages = Paging.of(call);
    return rows.newest(pages.skip(), pages.pageSize());
  }

  private Reply chat(ApiCall call) {
    JsonNode json = call.json();
    String message = Fields.text(json, "message", "", Integer.MAX_VALUE);
    int id = lastId.incrementAndGet();
    conversations.add(new Conversation(id, "guest", message, 2, Instant.now().toString()));
    return Reply.ok(new Chat(id, "Here is what helps with " + message + "."));
  }

  private record Conversations(List<Conversation> conversations, int total) {}

  private record Tickets(List<Ticket> tickets, int total) {}

  private record Chat(int conversationId, String reply) {}
}
