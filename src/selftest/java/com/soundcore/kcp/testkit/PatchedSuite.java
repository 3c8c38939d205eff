package com.soundcore.kcp.testkit;

import com.soundcore.kcp.embedded.ClassPath;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A copy of the suite with a few files changed, run in this JVM: the changed sources are compiled
 * into a folder, and all classes of the suite are loaded again, those of the folder first.
 */
public final class PatchedSuite implements AutoCloseable {
  private static final String SOURCES = "src/test/java/";
  private static final List<String> RESOURCES = List.of("conf/", "src/test/resources/");
  private static final String PACKAGE = "com.soundcore.kcp.";

  private final Path folder;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Set<String>> files = new HashMap<>();
  private String recipe = "";
  private OursFirst loader;

  /**
   * @param folder an empty one for the copy
   */
  public PatchedSuite(Path folder) {
    this.folder = folder;
  }

  /** What is changed from here on belongs to this recipe. */
  public PatchedSuite follow(String title) {
    recipe = title;
    return this;
  }

  private PatchedSuite put(String file, String text) {
    texts.put(file, text);
    files.computeIfAbsent(recipe, title -> new TreeSet<>()).add(file);
    return this;
  }

  /** Replaces a piece of a file, which must be there; the file is named from the root on. */
  public PatchedSuite change(String file, String before, String after) {
    String text = text(file);
    if (!text.contains(before)) {
      throw new IllegalStateException(file + " does not have: " + before);
    }
    return put(file, text.replace(before, after));
  }

  /** Adds lines at the end of a file, which need not be there yet. */
  public PatchedSuite add(String file, String lines) {
    boolean isThere = texts.containsKey(file) || Files.exists(Path.of(file));
    return put(file, (isThere ? text(file) : "") + lines);
  }

  /** The files that a recipe has changed. */
  public Set<String> files(String title) {
    return files.get(title);
  }

  private String text(String file) {
    try {
      return texts.containsKey(file) ? texts.get(file) : Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a class of the tests answers when it is loaded beside the changed classes; it is given the
   * folder of the copy.
   */
  @SuppressWarnings("unchecked")
  public Object ask(Class<? extends Function<Path, ?>> probe) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      if (loader == null) {
        loader = load();
      }
      thread.setContextClassLoader(loader);
      Constructor<?> copy = loader.loadClass(probe.getName()).getDeclaredConstructor();
      copy.setAccessible(true);
      return ((Function<Path, ?>) copy.newInstance()).apply(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private OursFirst load() throws IOException {
    Path out = Files.createDirectories(folder.resolve("classes"));
    write(out);
    URL ours = PatchedSuite.class.getProtectionDomain().getCodeSource().getLocation();
    return new OursFirst(new URL[] {out.toUri().toURL(), ours});
  }

  @Override
  public void close() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }

  private void write(Path out) throws IOException {
    List<Path> sources = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          save(folder.resolve(name), text);
          if (name.startsWith(SOURCES)) {
            sources.add(folder.resolve(name));
          }
          RESOURCES.stream()
              .filter(name::startsWith)
              .forEach(root -> save(out.resolve(name.substring(root.length())), text));
        });
    if (!sources.isEmpty()) {
      compile(sources, out);
    }
  }

  private static void save(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(List<Path> sources, Path out) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
      List<String> options =
          List.of("-proc:none", "-nowarn", "-d", out.toString(), "-cp", ClassPath.ofTheSuite());
      if (!compiler.getTask(said, files, null, options, null, units).call()) {
        throw new AssertionError("what a recipe makes does not compile:\n" + said);
      }
    }
  }

  /** Classes and resources of the suite are its own; all others are those of this JVM. */
  private static final class OursFirst extends URLClassLoader {
    OursFirst(URL[] ours) {
      super(ours, PatchedSuite.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith(PACKAGE)) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    public URL getResource(String name) {
      return Stream.ofNullable(findResource(name))
          .findFirst()
          .orElseGet(() -> super.getResource(name));
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      URL own = findResource(name);
      return own == null ? super.getResources(name) : Collections.enumeration(List.of(own));
    }
  }
}
