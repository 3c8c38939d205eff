package com.soundcore.kcp.live;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The folder shared by all injectors of a run. Each leaves its latest {@link InjectorState} there,
 * in one file that is replaced every second, so the folder stays small however long the run is.
 *
 * @param folder of this run only
 */
record InjectorFolder(Path folder) {
  // An injector of a newer version may write additional fields.
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Path file(int injector) {
    return folder.resolve("live-" + injector);
  }

  /** Writes the file completely or not at all, since another injector may be reading it. */
  void write(InjectorState mine) throws IOException {
    Path file = file(mine.injector());
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    JSON.writeValue(draft.toFile(), mine);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns the latest state of an injector; empty if it has not reported yet. */
  Optional<InjectorState> read(int injector) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file(injector)), InjectorState.class));
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    }
  }
}
