package com.soundcore.kcp.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the load goes.
 *
 * @param name the file's, such as "staging"
 * @param about a sentence
 * @param production whether loading it needs a confirmation by name
 * @param startsBackend whether the suite starts the embedded backend for it
 * @param hosts the only hosts that may be called
 * @param urls by service
 * @param pages by service: those that are not at the usual path
 */
public record Environment(
    String name,
    String about,
    boolean production,
    boolean startsBackend,
    List<String> hosts,
    Map<String, URI> urls,
    Map<String, Map<Page, String>> pages) {
  /** What stands in place of a page that a deployment does not show. */
  public static final String NONE = "none";

  /** What a service shows of itself. */
  public enum Page {
    HEALTH,
    METRICS,
    DESCRIPTION
  }

  /** One whose services have their pages at the usual paths. */
  public Environment(
      String name,
      String about,
      boolean production,
      boolean startsBackend,
      List<String> hosts,
      Map<String, URI> urls) {
    this(name, about, production, startsBackend, hosts, urls, Map.of());
  }

  /**
   * The URL of a service's page; empty where it shows none.
   *
   * @param usual its path from the service's URL on, unless the environment names another; may be
   *     empty for none
   */
  public Optional<String> page(String service, Page page, String usual) {
    String place = pages.getOrDefault(service, Map.of()).getOrDefault(page, usual);
    if (place.isEmpty() || place.equals(NONE)) {
      return Optional.empty();
    }
    return Optional.of(place.startsWith("/") ? urls.get(service) + place : place);
  }

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
