package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.server.HttpTransport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The backend as a program: {@code --port knowledge=18001 --port content=18002 …}. */
@Command(name = "backend", description = "Runs the embedded KCP backend until it is stopped.")
public final class BackendProgram implements Callable<Integer> {
  /** The line that reports that all ports answer. */
  public static final String READY = "KCP backend is ready";

  private static final int PORT_TAKEN = 4;

  @Option(names = "--port", required = true, description = "service=port; 0 for any free one")
  private Map<String, Integer> ports = new LinkedHashMap<>();

  @Option(names = "--seed", required = true)
  private long seed;

  @Option(names = "--items", required = true)
  private int items;

  @Option(names = "--products", required = true)
  private int products;

  @Option(names = "--conversations", required = true)
  private int conversations;

  @Option(names = "--tickets", required = true)
  private int tickets;

  @Option(names = "--max-items", required = true)
  private int maxItems;

  @Option(names = "--pool", required = true, description = "connections per service, overflow too")
  private int pool;

  @Option(names = "--pool-timeout-ms", required = true)
  private long poolTimeoutMs;

  @Option(names = "--database", description = "JDBC URL of PostgreSQL; in memory without it")
  private Optional<String> database = Optional.empty();

  @Option(
      names = "--bind",
      defaultValue = HttpTransport.LOOPBACK,
      description = "where it listens; others than this machine may call another address")
  private String address = HttpTransport.LOOPBACK;

  @Option(names = "--hide-pool", description = "no figures of the pools, as the real services")
  private boolean hidePool;

  @Option(names = "--planned-dialect")
  private boolean plannedDialect;

  @Option(
      names = "--fault",
      converter = PlantedFault.FromJson.class,
      description = "an object of JSON")
  private List<PlantedFault> faults = List.of();

  @Option(
      names = "--stop-with-input",
      description = "stop when standard input ends; a line of it says that the load starts")
  private boolean stopWithInput;

  public static void main(String[] args) {
    System.exit(new CommandLine(new BackendProgram()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    BackendSettings settings =
        new BackendSettings(
            ports,
            seed,
            items,
            products,
            conversations,
            tickets,
            maxItems,
            pool,
            Duration.ofMillis(poolTimeoutMs),
            plannedDialect,
            database,
            hidePool,
            faults);
    CompletableFuture<Backend> started = new CompletableFuture<>();
    if (stopWithInput) {
      Thread watcher =
          new Thread(() -> haltWhenInputEnds(() -> started.join().loadStarts()), "stop-with-input");
      watcher.setDaemon(true);
      watcher.start();
    }
    Backend backend;
    try {
      backend = Backend.start(settings, address);
    } catch (RuntimeException notStarted) {
      Throwable cause = notStarted.getCause() == null ? notStarted : notStarted.getCause();
      System.out.println(
          PortHolder.of(ports).orElse(cause.getMessage() + " (ports " + ports + ")"));
      return PORT_TAKEN;
    }
    started.complete(backend);
    System.out.println(READY + " " + backend.ports());
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * Waits for the end of standard input, a pipe from the parent process. It ends with the parent,
   * even if the parent is killed. Halts without clean-up, since nothing here needs it.
   *
   * @param loadStarts called for each byte of input
   */
  static void haltWhenInputEnds(Runnable loadStarts) {
    untilItEnds(System.in, loadStarts);
    Runtime.getRuntime().halt(0);
  }

  static void untilItEnds(InputStream source, Runnable forEachByte) {
    try (InputStream input = source) {
      while (input.read() >= 0) {
        forEachByte.run();
      }
    } catch (IOException gone) {
      // Counts as the end of the input.
    }
  }
}
