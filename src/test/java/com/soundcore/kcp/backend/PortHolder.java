package com.soundcore.kcp.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finder of the process that listens on a required port, as far as the operating system shows it
 * (on Linux by /proc).
 */
final class PortHolder {
  private static final String LISTENING = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortHolder() {}

  /**
   * Returns a description such as "port 18003 (support) is taken by process 4711 (java)" of each
   * port that is taken.
   *
   * @return empty if all ports are free
   */
  static Optional<String> of(Map<String, Integer> ports) {
    String taken =
        ports.entrySet().stream()
            .filter(entry -> entry.getValue() > 0 && isTaken(entry.getValue()))
            .map(
                entry ->
                    "port %d (%s) is taken%s"
                        .formatted(entry.getValue(), entry.getKey(), by(entry.getValue())))
            .collect(Collectors.joining(", "));
    return Optional.of(taken).filter(text -> !text.isEmpty());
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException taken) {
      return true;
    }
  }

  private static String by(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> inodes(Path.of(table), port).stream())
        .flatMap(inode -> processOf(inode).stream())
        .findFirst()
        .map(" by process "::concat)
        .orElse("");
  }

  private static List<String> inodes(Path table, int port) {
    String local = ":%04X".formatted(port).toUpperCase(Locale.ROOT);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > INODE && fields[LOCAL_ADDRESS].endsWith(local))
          .filter(fields -> fields[STATE].equals(LISTENING))
          .map(fields -> fields[INODE])
          .toList();
    } catch (IOException | UncheckedIOException notLinux) {
      return List.of();
    }
  }

  /** Returns "4711 (java)". Processes of other users are not visible. */
  private static Optional<String> processOf(String inode) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> holds(process.pid(), "socket:[" + inode + "]"))
        .map(process -> process.pid() + name(process))
        .findFirst();
  }

  private static String name(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> " (" + Path.of(command).getFileName() + ")")
        .orElse("");
  }

  private static boolean holds(long pid, String socket) {
    try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      return open.anyMatch(file -> isLinkTo(file, socket));
    } catch (IOException | UncheckedIOException notOurs) {
      return false;
    }
  }

  private static boolean isLinkTo(Path file, String target) {
    try {
      return Files.readSymbolicLink(file).toString().equals(target);
    } catch (IOException gone) {
      return false;
    }
  }
}
