package com.soundcore.kcp.fleet;

import com.soundcore.kcp.run.Refusal;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule that a fleet uses loopback or a private network, because its token and counts are not
 * encrypted.
 */
final class PrivateNetwork {
  private static final int CARRIER_GRADE = 100;

  private PrivateNetwork() {}

  /**
   * Resolves the address that a conductor listens on.
   *
   * @throws Refusal if the address is reachable from a public network
   */
  static InetAddress toListenAt(String host) {
    InetAddress address = resolved(host, "--host");
    List<InetAddress> all = address.isAnyLocalAddress() ? ofThisMachine() : List.of(address);
    for (InetAddress one : all) {
      if (!isPrivate(one)) {
        throw new Refusal(
            "--host was '%s'; must be a loopback or private address: %s is public, and a fleet speaks without TLS. Name the private address of this machine."
                .formatted(host, one.getHostAddress()));
      }
    }
    return address;
  }

  /**
   * Checks the address to which an injector sends its token.
   *
   * @throws Refusal if the address is not private
   */
  static void mustBePrivate(String url) {
    String host;
    try {
      URI uri = URI.create(url);
      host = uri.getHost();
      if (host == null || !"http".equals(uri.getScheme())) {
        throw new IllegalArgumentException("no http URL");
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "kcp.injector.conductor was '%s'; must be the conductor's address, such as http://10.0.0.5:7464."
              .formatted(url));
    }
    InetAddress address = resolved(host, "kcp.injector.conductor");
    if (!isPrivate(address)) {
      throw new Refusal(
          "kcp.injector.conductor was '%s'; must be on loopback or a private network: %s is public, and the fleet's token would cross it unencrypted."
              .formatted(url, address.getHostAddress()));
    }
  }

  private static InetAddress resolved(String host, String key) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new Refusal("%s: the host '%s' is unknown.".formatted(key, host));
    }
  }

  private static List<InetAddress> ofThisMachine() {
    try {
      List<InetAddress> all = new ArrayList<>();
      NetworkInterface.networkInterfaces().forEach(it -> it.inetAddresses().forEach(all::add));
      return all;
    } catch (SocketException e) {
      throw new Refusal("The addresses of this machine are unknown: " + e.getMessage());
    }
  }

  static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    boolean carrierGrade =
        bytes.length == 4 && bytes[0] == CARRIER_GRADE && (bytes[1] & 0xc0) == 0x40;
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || uniqueLocal
        || carrierGrade;
  }
}
