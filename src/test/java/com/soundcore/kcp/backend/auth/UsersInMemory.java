package com.soundcore.kcp.backend.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Registrations and logins in memory, for at most 5,000 users. Further users are not stored. */
public final class UsersInMemory implements UserStore {
  private static final int MAX_USERS = 5_000;

  private record User(int id, AtomicInteger logins) {}

  private final Map<String, User> byEmail = new ConcurrentHashMap<>();
  private final AtomicInteger registered = new AtomicInteger();

  @Override
  public int register(String email) {
    registered.incrementAndGet();
    return user(email).id();
  }

  @Override
  public void loggedIn(String email) {
    user(email).logins().incrementAndGet();
  }

  @Override
  public int idOf(String email) {
    User user = byEmail.get(email);
    return user == null ? 0 : user.id();
  }

  @Override
  public int total() {
    return byEmail.size();
  }

  @Override
  public int registered() {
    return registered.get();
  }

  @Override
  public int loggedInAtLeast(int times) {
    return (int) byEmail.values().stream().filter(user -> user.logins().get() >= times).count();
  }

  private User user(String email) {
    if (byEmail.size() >= MAX_USERS) {
      return byEmail.getOrDefault(email, new User(0, new AtomicInteger()));
    }
    return byEmail.computeIfAbsent(email, key -> new User(byEmail.size() + 1, new AtomicInteger()));
  }
}
