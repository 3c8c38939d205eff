package com.soundcore.kcp.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.Printed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A port that another process of this machine holds is named in {@code EmbeddedBackendTest}. */
class PortHolderTest {
  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void eachTakenPortIsNamedAndNoFreeOne() throws IOException {
    ServerSocket closed = listening();
    closed.close();
    try (ServerSocket one = listening();
        ServerSocket other = listening()) {
      Map<String, Integer> ports = new TreeMap<>();
      ports.put("any", 0);
      ports.put("auth", one.getLocalPort());
      ports.put("content", closed.getLocalPort());
      ports.put("support", other.getLocalPort());
      assertThat(PortHolder.of(ports))
          .contains(
              "port %d (auth) is taken, port %d (support) is taken"
                  .formatted(one.getLocalPort(), other.getLocalPort()));
    }
    assertThat(PortHolder.of(Map.of("any", 0, "content", closed.getLocalPort()))).isEmpty();
  }

  @Test
  void aDatabaseIsNotStartedOnATakenPort() throws IOException {
    try (ServerSocket taken = listening()) {
      String[] arguments = {
        "--port=" + taken.getLocalPort(),
        "--max-connections=1",
        "--cores=1",
        "--seed=1",
        "--items=1",
        "--products=1",
        "--conversations=1",
        "--tickets=1"
      };
      AtomicInteger code = new AtomicInteger();
      String printed =
          Printed.by(() -> code.set(new CommandLine(new DatabaseProgram()).execute(arguments)));
      assertThat(code).hasValue(4);
      assertThat(printed.strip())
          .isEqualTo("port %d (PostgreSQL) is taken".formatted(taken.getLocalPort()));
    }
  }
}
