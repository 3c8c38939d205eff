package com.soundcore.kcp.embedded;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The location of the suite's classes, for a child JVM. */
public final class ClassPath {
  private ClassPath() {}

  /** Returns the class path of the suite, even if Maven has loaded it into its own JVM. */
  public static String ofTheSuite() {
    if (ClassPath.class.getClassLoader() instanceof URLClassLoader insideMaven) {
      return Arrays.stream(insideMaven.getURLs())
          .map(ClassPath::file)
          .collect(Collectors.joining(File.pathSeparator));
    }
    return System.getProperty("java.class.path");
  }

  private static String file(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
