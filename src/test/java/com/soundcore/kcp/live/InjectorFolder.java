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
 * The folder that all injectors of a run share, where each leaves its latest {@link InjectorState}.
 * One file each, replaced every second: it stays small however long the run is.
 *
 * @param folder of this run alone
 */
record InjectorFolder(Path folder) {
  // An injector of another version may know more.
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Path file(int injector) {
    return folder.resolve("live-" + injector);
  }

  /** Whole or not at all: another injector may be reading. */
  void write(InjectorState mine) throws IOException {
    Path file = file(mine.injector());
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    JSON.writeValue(draft.toFile(), mine);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What an injector said last; nothing where it has not said anything yet. */
  Optional<InjectorState> read(int injector) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file(injector)), InjectorState.class));
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    }
  }
}
