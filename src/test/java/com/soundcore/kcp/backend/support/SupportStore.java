package com.soundcore.kcp.backend.support;

import com.soundcore.kcp.backend.http.SerializedRow;
import java.util.List;

/** Conversations and tickets, in memory or in a database, the newest first. */
public interface SupportStore {
  /** A conversation in the format of an answer. */
  record Conversation(int id, String user, String topic, int messages, String startedAt) {}

  /** A ticket in the format of an answer. */
  record Ticket(int id, String subject, String status, String priority, String createdAt) {}

  List<SerializedRow<Conversation>> conversations(long skip, int count);

  /** Returns the number of all conversations. */
  int chats();

  List<SerializedRow<Ticket>> tickets(long skip, int count);

  int ticketCount();

  /** Begins a conversation and returns its id. */
  int chat(String user, String message);
}
