package com.soundcore.kcp.testkit;

import com.soundcore.kcp.backend.DatabaseProgram;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL with the embedded backend's schema and rows, for tests. */
public final class DatabaseProcess implements AutoCloseable {
  private final Process process;
  private final String url;

  /** Starts one on a free port. The test is skipped where PostgreSQL's binaries are not there. */
  public DatabaseProcess() {
    Assumptions.assumeFalse(
        File.separatorChar == '\\', "nobody has tried to end an embedded PostgreSQL on Windows");
    Assumptions.assumeTrue(PostgresBinaries.jar().isPresent(), PostgresBinaries.MISSING);
    try {
      process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      PostgresBinaries.classPath(),
                      DatabaseProgram.class.getName(),
                      "--port=0",
                      "--max-connections=100",
                      "--cores=0",
                      "--seed=7",
                      "--items=1200",
                      "--products=40",
                      "--conversations=120",
                      "--tickets=60"))
              .redirectErrorStream(true)
              .start();
      url = started();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String started() throws IOException {
    StringBuilder output = new StringBuilder();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(DatabaseProgram.READY)) {
        return line.substring(DatabaseProgram.READY.length()).strip();
      }
      output.append(line).append('\n');
    }
    throw new AssertionError("no database:\n" + output);
  }

  /** The JDBC URL, without a user; "postgres" may do everything, without a password. */
  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
