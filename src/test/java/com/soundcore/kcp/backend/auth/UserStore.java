package com.soundcore.kcp.backend.auth;

/** Registrations and logins, in memory or in a database. */
public interface UserStore {
  /** Registers a user and returns its id. */
  int register(String email);

  void loggedIn(String email);

  /** Returns the id of a user; 0 if there is no such user. */
  int idOf(String email);

  int total();

  int registered();

  /** Counts the users with at least this number of logins. */
  int loggedInAtLeast(int times);
}
