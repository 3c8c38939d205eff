package com.soundcore.kcp.backend.auth;

/** Who has registered and logged in; in memory or in a database. */
public interface UserStore {
  /** The new user's id. */
  int register(String email);

  void loggedIn(String email);

  /** 0 where there is no such user. */
  int idOf(String email);

  int total();

  int registered();

  /** Users who logged in at least so often. */
  int loggedInAtLeast(int times);
}
