package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.truth.time.Event;
import com.soundcore.kcp.truth.time.EventQueue;

/** One call on its way; used again for another one when both sides are done with it. */
final class SimulatedCall implements Event {
  private enum Stage {
    COMING,
    IN_DATABASE,
    WORKING,
    ANSWERED
  }

  /** The client's side of it. */
  User user;

  int operation;
  long sentAt;
  String message;

  /**
   * Another number each time that the client is done with it: an old timer must not meet a new
   * call.
   */
  int serial;

  /** The client waits no longer, the server may not know. */
  boolean abandoned;

  /** The server will never answer it. */
  boolean lost;

  /** The server's side of it. */
  Server server;

  int tries;
  double work;
  private long databaseMicros;
  private long ownMicros;
  private long stoodBefore;
  private Stage stage;

  private final EventQueue queue;
  private final Client client;
  private final Database database;

  SimulatedCall(EventQueue queue, Client client, Database database) {
    this.queue = queue;
    this.client = client;
    this.database = database;
  }

  void begins(User by, int what, Server where, long now) {
    user = by;
    operation = what;
    server = where;
    sentAt = now;
    message = "";
    tries = 0;
    abandoned = false;
    lost = false;
  }

  /** It reaches the server at that moment. */
  void comes(long at) {
    stage = Stage.COMING;
    queue.add(at, this);
  }

  /** A worker takes it: first to the database, then to its own part. */
  void isTaken(long inDatabase, long own, long now) {
    databaseMicros = inDatabase;
    ownMicros = own;
    if (inDatabase > 0) {
      stage = Stage.IN_DATABASE;
      database.receive(this, now);
    } else {
      works(now);
    }
  }

  /** The database begins with it. */
  void isQueried(long now) {
    queue.add(now + databaseMicros, this);
  }

  private void works(long now) {
    stage = Stage.WORKING;
    stoodBefore = server.clock().stood() - server.clock().left(now);
    queue.add(now + ownMicros, this);
  }

  /** The client sees its answer at that moment. */
  void isAnswered(long at) {
    stage = Stage.ANSWERED;
    queue.add(at, this);
  }

  @Override
  public void happen(long now) {
    switch (stage) {
      case COMING -> server.receive(this, now);
      case IN_DATABASE -> {
        database.end(now);
        works(now);
      }
      case WORKING -> {
        long stood = server.clock().stood() - stoodBefore;
        if (stood > 0) {
          // The process has stood still meanwhile: the rest of the work is still to be done.
          stoodBefore += stood;
          queue.add(now + stood, this);
        } else {
          server.end(this, now);
        }
      }
      case ANSWERED -> client.seen(this, now);
    }
  }
}
