package com.soundcore.kcp.config;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where the load goes.
 *
 * @param name the file's, such as "staging"
 * @param about a sentence
 * @param production whether loading it needs a confirmation by name
 * @param startsBackend whether the suite starts the embedded backend for it
 * @param hosts the only hosts that may be called
 * @param urls by service
 */
public record Environment(
    String name,
    String about,
    boolean production,
    boolean startsBackend,
    List<String> hosts,
    Map<String, URI> urls) {
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  /** Whether every URL points to this machine. */
  public boolean isHere() {
    return urls.values().stream().allMatch(Environment::isHere);
  }

  /** Whether nobody can read what is sent there: it is encrypted, or stays on this machine. */
  public static boolean isPrivate(URI url) {
    return "https".equalsIgnoreCase(url.getScheme()) || isHere(url);
  }

  /** Whether an address is this machine's own. */
  public static boolean isHere(URI url) {
    return LOOPBACK.contains(url.getHost());
  }
}
