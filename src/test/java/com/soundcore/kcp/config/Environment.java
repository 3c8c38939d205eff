package com.soundcore.kcp.config;

import java.net.URI;
import java.net.URISyntaxException;
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
 * @param hosts the only places that may be called: a host (any port), host:port, or a whole URL
 * @param urls by service
 * @param pages by service: those that are not at the usual path
 * @param limits of any load that goes there
 */
public record Environment(
    String name,
    String about,
    boolean production,
    boolean startsBackend,
    List<String> hosts,
    Map<String, URI> urls,
    Map<String, Map<Page, String>> pages,
    Limits limits) {
  /** What stands in place of a page that a deployment does not show. */
  public static final String NONE = "none";

  /** What a service shows of itself. */
  public enum Page {
    HEALTH,
    METRICS,
    DESCRIPTION
  }

  /** One whose services have their pages at the usual paths, and that gets no load. */
  public Environment(
      String name,
      String about,
      boolean production,
      boolean startsBackend,
      List<String> hosts,
      Map<String, URI> urls) {
    this(name, about, production, startsBackend, hosts, urls, Map.of(), Limits.NO_LOAD);
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

  /**
   * What its file allows of a load; nothing on the command line changes it.
   *
   * @param maxRequests planned over all injectors, a search's upper bound included
   * @param maxMinutes of the load
   * @param createsRows whether an unconfirmed Smoke may create rows in production
   */
  public record Limits(long maxRequests, long maxMinutes, boolean createsRows) {
    /** Of a place that is only compared, and gets no load. */
    public static final Limits NO_LOAD = new Limits(0, 0, false);
  }

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  /** Whether every URL points to this machine. */
  public boolean isHere() {
    return urls.values().stream().allMatch(Environment::isHere);
  }

  /** Whether its hosts allow a URL: by host, or by host and port, or by the beginning of a URL. */
  public boolean allows(URI url) {
    return hosts.stream().anyMatch(entry -> allows(entry, url));
  }

  private static boolean allows(String entry, URI url) {
    if (!entry.contains("://")) {
      return entry.equals(url.getHost()) || entry.equals(url.getHost() + ":" + port(url));
    }
    try {
      URI allowed = new URI(entry);
      String within = allowed.getRawPath().replaceAll("/+$", "");
      String path = url.normalize().getRawPath();
      return allowed.getScheme().equals(url.getScheme())
          && url.getHost().equals(allowed.getHost())
          && port(url) == port(allowed)
          && !path.contains("..")
          && !path.contains("%")
          && (path.equals(within) || path.startsWith(within + "/"));
    } catch (URISyntaxException notAUrl) {
      return false;
    }
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
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
