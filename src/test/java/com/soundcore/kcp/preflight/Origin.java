package com.soundcore.kcp.preflight;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a URL leads, however it is spelled: upper case, a trailing dot, a default port that is
 * named or not, an IPv4 address inside an IPv6 one, another name of the same address.
 *
 * @param host in lower case; an address in its shortest form
 * @param port named or the scheme's own; 0 for either of the two default ports
 * @param path from / on, without the slash at its end
 */
record Origin(String host, int port, String path) {
  private static final Set<Integer> DEFAULT_PORTS = Set.of(-1, 80, 443);

  static Origin of(URI url) {
    return new Origin(
        host(url.getHost()),
        DEFAULT_PORTS.contains(url.getPort()) ? 0 : url.getPort(),
        url.getPath() == null ? "" : url.normalize().getPath().replaceAll("/+$", ""));
  }

  private static String host(String name) {
    String host = name.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    boolean address = host.startsWith("[") || host.matches("[\\d.]+");
    try {
      // Of an address no name service is asked.
      return address ? InetAddress.getByName(host).getHostAddress() : host;
    } catch (UnknownHostException noAddress) {
      return host;
    }
  }

  /** Whether a call to the other origin reaches this one. */
  boolean isSame(Origin other) {
    return port == other.port && isWithin(other) && (host.equals(other.host) || meets(other));
  }

  private boolean isWithin(Origin other) {
    return other.path.equals(path)
        || other.path.startsWith(path + "/")
        || path.startsWith(other.path + "/");
  }

  private boolean meets(Origin other) {
    Set<String> mine = addresses(host);
    mine.retainAll(addresses(other.host));
    return !mine.isEmpty();
  }

  /** None where the name leads nowhere. */
  private static Set<String> addresses(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(InetAddress::getHostAddress)
          .collect(Collectors.toCollection(HashSet::new));
    } catch (UnknownHostException nowhere) {
      return new HashSet<>();
    }
  }
}
