package com.soundcore.kcp.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment that receives the load.
 *
 * @param name the name of its file, such as "staging"
 * @param about one sentence about the environment
 * @param production whether a load test must be confirmed by the environment's name
 * @param startsBackend whether the suite starts the embedded backend
 * @param hosts the only allowed destinations: a host (any port), host:port, or a URL prefix
 * @param urls the URL of each service
 * @param pages by service, the pages that are not at their usual path
 * @param limits the limits of any load on this environment
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
  /** The value of a page that a deployment does not have. */
  public static final String NONE = "none";

  /** The pages that a service may have. */
  public enum Page {
    HEALTH,
    METRICS,
    DESCRIPTION
  }

  /** Creates an environment with all pages at their usual paths and no permitted load. */
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
   * Returns the URL of a service's page; empty if it has none.
   *
   * @param usual the page's path relative to the service's URL, unless the environment names
   *     another; empty for none
   */
  public Optional<String> page(String service, Page page, String usual) {
    String place = pages.getOrDefault(service, Map.of()).getOrDefault(page, usual);
    if (place.isEmpty() || place.equals(NONE)) {
      return Optional.empty();
    }
    return Optional.of(place.startsWith("/") ? urls.get(service) + place : place);
  }

  /**
   * The limits of a load. They come from files only; the command line cannot change them.
   *
   * @param maxRequests maximum of planned requests over all injectors, including a search's upper
   *     bound
   * @param maxMinutes maximum duration of the load, in minutes
   * @param createsRows whether an unconfirmed Smoke may create rows in production
   */
  public record Limits(long maxRequests, long maxMinutes, boolean createsRows) {
    /** The limits of an environment that is only compared and receives no load. */
    public static final Limits NO_LOAD = new Limits(0, 0, false);
  }

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  /** Returns whether every URL is on this machine's loopback. */
  public boolean isHere() {
    return urls.values().stream().allMatch(Environment::isHere);
  }

  /**
   * Returns whether the allowed hosts contain a URL: by host, by host and port, or by URL prefix.
   */
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

  /** Returns whether a call is private: encrypted, or within this machine. */
  public static boolean isPrivate(URI url) {
    return "https".equalsIgnoreCase(url.getScheme()) || isHere(url);
  }

  /** Returns whether a URL's host is a loopback address. */
  public static boolean isHere(URI url) {
    return LOOPBACK.contains(url.getHost());
  }
}
