package com.soundcore.kcp.cli;

import com.soundcore.kcp.embedded.ClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kcp class-path}: lets the checkout's script start without Maven from then on. */
@Command(
    name = "class-path",
    hidden = true,
    description = "Writes the class path that Maven has resolved to a file.")
final class ClassPathCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<file>", description = "to write")
  private Path file;

  @Override
  public Integer call() throws IOException {
    Files.writeString(file, ClassPath.ofTheSuite());
    return 0;
  }
}
