package com.soundcore.kcp.preflight;

import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.TimeLimit;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The place that a URL leads to, independent of its spelling. Upper case, trailing dots, an
 * explicit default port, an IPv4 address embedded in IPv6, percent-encoding and dots in the path
 * make no difference. Two names with a common address are the same host. A spelling that two
 * programs may read as two addresses is refused.
 *
 * @param host in lower case; an address in Java's canonical form
 * @param port 0 if it is absent, 80 or 443
 * @param path decoded, in lower case, with a leading and without a trailing slash; empty for the
 *     root
 */
record Origin(String host, int port, String path) {
  private static final Set<Integer> DEFAULT_PORTS = Set.of(-1, 80, 443);
  private static final Duration LOOKUP = Duration.ofSeconds(10);
  private static final int MOST_DECODINGS = 5;
  // inet_aton accepts 10.7, 012.0.0.7, 0xa000007 and 167772167 as addresses; Java accepts only
  // some.
  private static final Pattern NUMBERS =
      Pattern.compile("(?:0x[\\da-f]*|\\d+)(?:\\.(?:0x[\\da-f]*|\\d+))*", Pattern.CASE_INSENSITIVE);
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final int IPV4_BYTES = 4;

  /**
   * Parses a URL.
   *
   * @throws Refusal if the spelling of the host is ambiguous
   */
  static Origin of(URI url) {
    if (url.getHost() == null) {
      throw ambiguous(url);
    }
    String name = url.getHost().toLowerCase(Locale.ROOT).replaceAll("\\.+$", "");
    return new Origin(
        host(name, url),
        DEFAULT_PORTS.contains(url.getPort()) ? 0 : url.getPort(),
        path(url.getRawPath() == null ? "" : url.getRawPath()));
  }

  private static Refusal ambiguous(URI url) {
    return new Refusal(
        "The host of %s cannot be compared with production's. Write it as a plain name (punycode for other letters) or as an address such as 10.0.0.7 or [fd00::7]. Nothing was sent."
            .formatted(url.toString().replaceAll("//[^@/]*@", "//(secret)@")));
  }

  private static String host(String name, URI url) {
    boolean numbers = NUMBERS.matcher(name).matches();
    if (name.isEmpty() || numbers && !IPV4.matcher(name).matches()) {
      throw ambiguous(url);
    }
    if (!numbers && !name.startsWith("[")) {
      return name;
    }
    try {
      // The text is an address, so this does not query DNS.
      return canonical(InetAddress.getByName(name));
    } catch (UnknownHostException noAddress) {
      throw ambiguous(url);
    }
  }

  /** Drops the zone, and replaces an IPv6 address that embeds an IPv4 address by that address. */
  private static String canonical(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address) {
      int at = embeddedIpv4(bytes);
      bytes = at < 0 ? bytes : Arrays.copyOfRange(bytes, at, at + IPV4_BYTES);
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Returns the offset of an embedded IPv4 address: compatible (::/96), NAT64 (64:ff9b::/96) or
   * 6to4 (2002::/16); -1 for any other address.
   */
  private static int embeddedIpv4(byte[] ipv6) {
    int tail = ipv6.length - IPV4_BYTES;
    byte[] nat64 = {0, 0x64, (byte) 0xff, (byte) 0x9b};
    boolean zeros = true;
    for (int i = IPV4_BYTES; i < tail; i++) {
      zeros &= ipv6[i] == 0;
    }
    byte[] start = Arrays.copyOf(ipv6, IPV4_BYTES);
    if (zeros && (Arrays.equals(start, nat64) || Arrays.equals(start, new byte[IPV4_BYTES]))) {
      boolean loopback = ipv6[tail] == 0 && ipv6[tail + 1] == 0 && ipv6[tail + 2] == 0;
      return loopback ? -1 : tail;
    }
    return ipv6[0] == 0x20 && ipv6[1] == 0x02 ? 2 : -1;
  }

  /** Servers decode and fold case to different degrees, so the most lenient reading counts. */
  private static String path(String raw) {
    String path = raw;
    for (int i = 0; i < MOST_DECODINGS && path.contains("%"); i++) {
      try {
        path = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException noEncoding) {
        break;
      }
    }
    path = path.replace('\\', '/').replaceAll(";[^/]*", "").replaceAll("/+", "/");
    Set<String> none = Set.of("", ".");
    ArrayDeque<String> segments = new ArrayDeque<>();
    for (String segment : path.toLowerCase(Locale.ROOT).split("/")) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!none.contains(segment)) {
        segments.addLast(segment);
      }
    }
    return segments.isEmpty() ? "" : "/" + String.join("/", segments);
  }

  /** Returns whether a call to the other origin may reach this one. */
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

  /** Returns no address if the name does not resolve. */
  private static Set<String> addresses(String host) {
    try {
      return TimeLimit.within(LOOKUP, () -> lookedUp(host));
    } catch (UnknownHostException nowhere) {
      return new HashSet<>();
    } catch (TimeoutException | IOException silent) {
      throw new Refusal(
          "The name service did not answer for %s within %d s: it is unknown whether that is production. Check the name service (DNS), then run again. Nothing was sent."
              .formatted(host, LOOKUP.toSeconds()));
    }
  }

  private static Set<String> lookedUp(String host) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(host))
        .map(Origin::canonical)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
