package com.soundcore.kcp.config.files;

import com.soundcore.kcp.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The environments: the files in the folder "environments" on the class path. */
public final class Environments {
  private static final String FOLDER = "environments/";
  private static final String ENDING = ".conf";

  private Environments() {}

  /** Returns the path of an environment file on the class path. */
  public static String file(String name) {
    return FOLDER + name + ENDING;
  }

  /**
   * Returns their names, sorted.
   *
   * @throws ConfigException if the folder is missing
   */
  public static List<String> names() {
    URL folder = Environments.class.getClassLoader().getResource(FOLDER);
    if (folder == null) {
      throw new ConfigException(List.of("conf/environments is not on the class path"));
    }
    try {
      URI uri = folder.toURI();
      if (!uri.getScheme().equals("jar")) {
        return names(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return names(jar.getPath("environments"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    }
  }
}
