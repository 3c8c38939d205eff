package com.soundcore.kcp.backend.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.backend.http.ApiCall;
import com.soundcore.kcp.backend.http.Fields;
import com.soundcore.kcp.backend.http.Reply;
import com.soundcore.kcp.backend.server.Paging;
import com.soundcore.kcp.backend.server.ServiceServer;

/** The support service: conversations, tickets, and a chat that answers without a model. */
public final class SupportApi {
  private final SupportStore store;

  public SupportApi(SupportStore store) {
    this.store = store;
  }

  public void serve(ServiceServer server) {
    server.query(
        "GET",
        "/api/v1/support/conversations",
        call -> {
          Paging pages = Paging.of(call);
          return Reply.list(
              "conversations", store.conversations(pages.skip(), pages.pageSize()), store.chats());
        });
    server.query(
        "GET",
        "/api/v1/support/tickets",
        call -> {
          Paging pages = Paging.of(call);
          return Reply.list(
              "tickets", store.tickets(pages.skip(), pages.pageSize()), store.ticketCount());
        });
    server.query("POST", "/api/v1/support/chat", this::chat);
  }

  private Reply chat(ApiCall call) {
    JsonNode json = call.json();
    String message = Fields.text(json, "message", "", Integer.MAX_VALUE);
    int id = store.chat("guest", message);
    return Reply.ok(new Chat(id, "Here is what helps with " + message + "."));
  }

  private record Chat(int conversationId, String reply) {}
}
