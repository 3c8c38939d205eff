package com.soundcore.kcp.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.soundcore.kcp.embedded.ClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortHolderProcessTest {
  /** Holds a port until its input ends. */
  static final class Holder {
    public static void main(String[] args) throws IOException {
      try (ServerSocket socket = listening()) {
        System.out.println(socket.getLocalPort());
        System.in.read();
      }
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @Test
  void theProcessThatHoldsThePortIsNamed() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "this system has no /proc/net/tcp");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ClassPath.ofTheSuite(),
                Holder.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(lines.readLine());
      assertThat(PortHolder.of(Map.of("auth", port)))
          .contains("port %d (auth) is taken by process %d (java)".formatted(port, holder.pid()));
    } finally {
      holder.destroy();
      holder.waitFor();
    }
  }
}
