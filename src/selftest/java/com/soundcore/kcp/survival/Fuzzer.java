package com.soundcore.kcp.survival;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.monitoring.MetricsPageFixture;
import com.soundcore.kcp.openapi.ApiDocument;
import com.soundcore.kcp.openapi.BodyBuilder;
import com.soundcore.kcp.report.Trend;
import com.soundcore.kcp.result.RunModelFile;
import com.soundcore.kcp.run.Answered.Example;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Changes every kind of file that the suite reads from elsewhere, and watches what it does: a
 * sentence or a verdict that is not PASS, within a limit of time. Its command takes the number of
 * mutations and a seed.
 */
public final class Fuzzer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SHOWN = 20;
  // The magic number and the version of a model come before what is packed.
  private static final int HEADER = 5;
  private static final int MOST_UNPACKED = 1 << 24;
  private static final URI SERVICE = URI.create("http://127.0.0.1:8001");

  /** What is changed. */
  enum Kind {
    SEALED_LOG,
    LOG,
    SEALED_FACTS,
    FACTS,
    SEAL,
    MODEL,
    EXAMPLES,
    RESOURCES,
    HISTORY,
    CONFIGURATION,
    METRICS_PAGE,
    OPENAPI
  }

  private final Path work;
  private final RunFolder sealed;
  private final RunFolder bare;
  private final RunFolder modelled;
  private final Path history;
  private final Map<Kind, byte[]> originals = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> ends = new TreeMap<>();
  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
  private volatile String current = "";
  private volatile long since = System.nanoTime();

  /**
   * @param work an empty folder
   */
  Fuzzer(Path work) throws IOException {
    this.work = work;
    SyntheticRun.Order order = new SyntheticRun.Order() {};
    sealed = new SyntheticRun().write(work.resolve("sealed"), order);
    sealed.write(List.of(new ResourceSample(5, "auth", Map.of("cpu", 0.2, "memory", 1e8))));
    sealed.writeExamples(
        List.of(new Example(3, "auth / call", "GET /me", 4, "slow", "{}", "t", "https://t/1")));
    bare = new SyntheticRun().write(work.resolve("bare"), order);
    Files.delete(bare.file("simulation.log.crc32c"));
    modelled = new RunFolder(work.resolve("modelled"));
    modelled.write(sealed.facts());
    RunModelFile.write(
        sealed, RunModelFile.startOf(List.of(sealed.log())), 0, List.of(), modelled.model());
    history = work.resolve("history");
    for (String night : List.of("one", "two")) {
      RunFolder run = new SyntheticRun().id(night).write(history.resolve(night), order);
      RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
      Files.delete(run.log());
    }
    for (Kind kind : List.of(Kind.SEALED_LOG, Kind.SEALED_FACTS, Kind.SEAL, Kind.MODEL)) {
      if (judged(kind) != Status.PASS) {
        throw new IllegalStateException("the run that is changed must pass: " + kind);
      }
    }
    for (Kind kind : Kind.values()) {
      originals.put(kind, original(kind));
    }
  }

  /** Ends the process if a mutation takes too long. */
  private void startWatch() {
    watch.scheduleWithFixedDelay(this::endIfHanging, 1, 1, TimeUnit.SECONDS);
  }

  private byte[] original(Kind kind) throws IOException {
    return switch (kind) {
      case CONFIGURATION -> Files.readAllBytes(Path.of("conf/environments/staging.conf"));
      case METRICS_PAGE ->
          """
          # HELP jvm_memory_used_bytes used
          # TYPE jvm_memory_used_bytes gauge
          jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 1.5E8
          jvm_memory_used_bytes{area="nonheap",id="x\\"y}"} 3.2E7 1700000000000
          process_cpu_seconds_total 12.25
          http_requests_total{method="GET",path="/a b{c}"} NaN
          """
              .getBytes(StandardCharsets.UTF_8);
      case OPENAPI ->
          """
          {"openapi": "3.1.0", "servers": [{"url": "/api"}],
           "paths": {"/items/{id}": {"parameters": [{"in": "path", "name": "id", "required": true}],
             "get": {"responses": {"200": {"content": {"application/json":
               {"schema": {"$ref": "#/components/schemas/Item"}}}}}}},
            "/items": {"post": {"parameters": [{"$ref": "#/components/parameters/q"}],
             "requestBody": {"required": true, "content": {"application/json":
               {"schema": {"$ref": "#/components/schemas/Item"}}}},
             "responses": {"201": {"description": "made"}}}}},
           "components": {"parameters": {"q": {"in": "query", "name": "q", "required": true,
               "schema": {"type": "string"}}},
             "schemas": {"Item": {"type": "object", "required": ["title", "tags", "kind", "parent"],
               "properties": {"title": {"type": "string", "minLength": 3, "maxLength": 40,
                   "pattern": "^[a-z-]+$"},
                 "tags": {"type": "array", "minItems": 2, "items": {"type": "integer", "minimum": 1}},
                 "kind": {"enum": ["a", "b"]}, "parent": {"$ref": "#/components/schemas/Item"},
                 "size": {"anyOf": [{"type": "number"}, {"type": "null"}]}}}}}}
          """
              .getBytes(StandardCharsets.UTF_8);
      default -> Files.readAllBytes(file(kind));
    };
  }

  private Path file(Kind kind) {
    return switch (kind) {
      case SEALED_LOG -> sealed.log();
      case LOG -> bare.log();
      case SEALED_FACTS -> sealed.file("run.json");
      case FACTS -> bare.file("run.json");
      case SEAL -> sealed.file("simulation.log.crc32c");
      case MODEL -> modelled.model();
      case EXAMPLES -> sealed.file("examples.json");
      case RESOURCES -> sealed.file("resources.json");
      case HISTORY -> history.resolve("two/kcp/summary.json");
      case CONFIGURATION, METRICS_PAGE, OPENAPI -> throw new IllegalArgumentException("no file");
    };
  }

  /** Tries mutations; what was not as it must be is returned, and nothing where all was. */
  List<String> run(int mutations, long seed) throws IOException {
    for (int i = 0; i < mutations; i++) {
      Kind kind = Kind.values()[i % Kind.values().length];
      current = "%s, mutation %d of seed %d".formatted(kind, i, seed);
      since = System.nanoTime();
      byte[] changed = Mutation.of(originals.get(kind), new Random(seed * 1_000_003 + i));
      String end = tried(kind, changed);
      ends.merge(kind + " " + end, 1, Integer::sum);
    }
    Set<String> left = new TreeSet<>();
    try (Stream<Path> files = Files.walk(work)) {
      files.map(Path::toString).filter(name -> name.endsWith(".draft")).forEach(left::add);
    }
    left.forEach(name -> wrong.add("left behind: " + name));
    return wrong;
  }

  private String tried(Kind kind, byte[] changed) throws IOException {
    String text = new String(changed, StandardCharsets.UTF_8);
    try {
      return switch (kind) {
        case CONFIGURATION -> {
          ConfigLoader.withEnvironment("fuzzed", text);
          yield "read";
        }
        case METRICS_PAGE -> {
          MetricsPageFixture.sum(text, "jvm_memory_used_bytes{area=\"heap\"}");
          MetricsPageFixture.sum(text, "http_requests_total{path!~\"/a\"}");
          yield "read";
        }
        case OPENAPI -> {
          ApiDocument.of(text, SERVICE).ifPresent(Fuzzer::use);
          yield "read";
        }
        default -> {
          Files.write(file(kind), changed);
          yield kind == Kind.HISTORY ? trend() : verdict(kind);
        }
      };
    } catch (LogException | ConfigException refused) {
      if (refused.getMessage().isBlank() || refused.getMessage().contains("\n\tat ")) {
        wrong.add(current + ": no sentence: " + refused.getMessage());
      }
      return "refused";
    } catch (UncheckedIOException refused) {
      return "refused";
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError broken) {
      wrong.add(
          "%s: %s at %s"
              .formatted(
                  current,
                  broken,
                  Arrays.asList(broken.getStackTrace())
                      .subList(0, Math.min(4, broken.getStackTrace().length))));
      return "broken";
    } finally {
      if (kind.compareTo(Kind.CONFIGURATION) < 0) {
        Files.write(file(kind), originals.get(kind));
      }
    }
  }

  private String verdict(Kind kind) {
    Status status = judged(kind);
    // A seal that lacks a line proves less; what it no longer covers is unchanged. Examples and
    // figures of the system decide nothing in this test.
    boolean mayPass = kind == Kind.SEAL || kind == Kind.EXAMPLES || kind == Kind.RESOURCES;
    if (status == Status.PASS && !mayPass && !(kind == Kind.MODEL && isSameModel())) {
      wrong.add(current + ": PASS");
    }
    return status.name();
  }

  /** What is packed in it may be the same: a packed file has bytes that mean nothing. */
  private boolean isSameModel() {
    try {
      return Arrays.equals(
          unpacked(Files.readAllBytes(modelled.model())), unpacked(originals.get(Kind.MODEL)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] unpacked(byte[] model) throws IOException {
    InputStream whole = new ByteArrayInputStream(model, HEADER, model.length - HEADER);
    try (InputStream packed = new GZIPInputStream(whole)) {
      return packed.readNBytes(MOST_UNPACKED);
    } catch (EOFException | ZipException behindIt) {
      // only what was read before is used
      try (InputStream packed =
          new GZIPInputStream(
              new ByteArrayInputStream(model, HEADER, originals.get(Kind.MODEL).length - HEADER))) {
        return packed.readNBytes(MOST_UNPACKED);
      }
    }
  }

  private Status judged(Kind kind) {
    RunFolder run =
        switch (kind) {
          case LOG, FACTS -> bare;
          case MODEL -> modelled;
          default -> sealed;
        };
    return RunJudge.judge(run, SyntheticRun.CONFIG).verdict().status();
  }

  private String trend() {
    Trend.Result trend = Trend.write(history, SyntheticRun.CONFIG.trend());
    trend.files().forEach(Fuzzer::delete);
    return trend.unreadable().isEmpty() ? "read" : "named";
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void use(ApiDocument document) {
    BodyBuilder builder = new BodyBuilder(document, name -> Optional.empty());
    SyntheticRun.CONFIG.allServices().values().stream()
        .flatMap(service -> service.operations().values().stream())
        .limit(3)
        .forEach(document::against);
    for (ApiDocument.Route route : document.routes()) {
      document.query(route);
      document.inPath(route);
      document.answer(route);
      builder.fit(
          JsonNodeFactory.instance.objectNode().put("title", "x"), document.body(route), "kcp-1");
    }
  }

  /** Ends the process if a mutation hangs: its thread cannot be stopped in any other way. */
  private void endIfHanging() {
    if (System.nanoTime() - since > LIMIT.toNanos() && !current.isEmpty()) {
      System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true));
      System.out.println("HANGS: " + current);
      Thread.getAllStackTraces().entrySet().stream()
          .filter(entry -> entry.getKey().getName().equals("main"))
          .forEach(entry -> System.out.println(Arrays.toString(entry.getValue())));
      Runtime.getRuntime().halt(1);
    }
  }

  @Override
  public void close() {
    current = "";
    watch.shutdownNow();
  }

  /** Tries as many mutations as the first argument says, of the seed in the second. */
  public static void main(String[] args) throws IOException {
    int mutations = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 37;
    Path work = Files.createTempDirectory("kcp-fuzz");
    List<String> wrong;
    PrintStream console = System.out;
    try (Fuzzer fuzzer = new Fuzzer(work)) {
      fuzzer.startWatch();
      // Each file that cannot be read is named.
      System.setOut(new PrintStream(OutputStream.nullOutputStream()));
      wrong = fuzzer.run(mutations, seed);
      System.setOut(console);
      fuzzer.ends.forEach((end, count) -> System.out.printf("%7d  %s%n", count, end));
    } finally {
      try (Stream<Path> all = Files.walk(work)) {
        all.sorted(Comparator.reverseOrder()).forEach(Fuzzer::delete);
      }
    }
    wrong.stream().limit(SHOWN).forEach(System.out::println);
    System.out.printf("%,d of %,d mutations as expected%n", mutations - wrong.size(), mutations);
    System.exit(wrong.isEmpty() ? 0 : 1);
  }
}
