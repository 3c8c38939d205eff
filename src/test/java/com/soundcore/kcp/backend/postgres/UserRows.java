package com.soundcore.kcp.backend.postgres;

import com.soundcore.kcp.backend.auth.UserStore;

/** The users as rows. */
public final class UserRows implements UserStore {
  private final ServiceDatabase database;

  public UserRows(ServiceDatabase database) {
    this.database = database;
  }

  @Override
  public int register(String email) {
    return (int)
        database.number(
            "INSERT INTO users (email, registered) VALUES (?, true)"
                + " ON CONFLICT (email) DO UPDATE SET registered = true RETURNING id",
            email);
  }

  @Override
  public void loggedIn(String email) {
    database.run(
        "INSERT INTO users (email, logins) VALUES (?, 1)"
            + " ON CONFLICT (email) DO UPDATE SET logins = users.logins + 1",
        email);
  }

  @Override
  public int idOf(String email) {
    return (int) database.number("SELECT id FROM users WHERE email = ?", email);
  }

  @Override
  public int total() {
    return (int) database.number("SELECT count(*) FROM users");
  }

  @Override
  public int registered() {
    return (int) database.number("SELECT count(*) FROM users WHERE registered");
  }

  @Override
  public int loggedInAtLeast(int times) {
    return (int) database.number("SELECT count(*) FROM users WHERE logins >= ?", times);
  }
}
