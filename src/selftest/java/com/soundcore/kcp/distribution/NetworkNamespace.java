package com.soundcore.kcp.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own for a process, as a container has one. The only way out of it leads to this
 * machine's loopback, which it has none of itself.
 */
record NetworkNamespace(String name) implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1/32";

  /** Makes one; nothing where this machine or this user may not. */
  static Optional<NetworkNamespace> numbered(int number) {
    NetworkNamespace made = new NetworkNamespace("kcp-injector-" + number);
    String outside = "kcp-out-" + number;
    String inside = "kcp-in-" + number;
    // A /30 each: two addresses, one for either end.
    String here = "10.213." + number + ".1";
    String there = "10.213." + number + ".2";
    boolean whole =
        run("ip", "netns", "add", made.name)
            && run("ip", "link", "add", outside, "type", "veth", "peer", "name", inside)
            && run("ip", "link", "set", inside, "netns", made.name)
            && run("ip", "addr", "add", here + "/30", "dev", outside)
            && run("ip", "link", "set", outside, "up")
            && made.inside("ip", "addr", "add", there + "/30", "dev", inside)
            && made.inside("ip", "link", "set", inside, "up")
            && mayReachLoopback(outside)
            && made.inside("sh", "-c", "echo 1 > " + localNet(inside))
            && made.inside("ip", "route", "add", LOOPBACK, "via", here, "dev", inside);
    if (!whole) {
      made.close();
      return Optional.empty();
    }
    return Optional.of(made);
  }

  /** What starts a program inside. */
  List<String> entering() {
    return List.of("ip", "netns", "exec", name);
  }

  /** Removes it, with its network. */
  @Override
  public void close() {
    run("ip", "netns", "del", name);
  }

  private boolean inside(String... command) {
    return run(
        java.util.stream.Stream.concat(entering().stream(), java.util.stream.Stream.of(command))
            .toArray(String[]::new));
  }

  private static boolean mayReachLoopback(String device) {
    try {
      Files.writeString(Path.of(localNet(device)), "1");
      return true;
    } catch (IOException forbidden) {
      return false;
    }
  }

  /** The kernel's switch that lets addresses 127.x.x.x through a device. */
  private static String localNet(String device) {
    return "/proc/sys/net/ipv4/conf/" + device + "/route_localnet";
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
