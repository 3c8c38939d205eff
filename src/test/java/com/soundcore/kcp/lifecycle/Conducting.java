package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.files.ConfigFiles;
import com.soundcore.kcp.fleet.Build;
import com.soundcore.kcp.fleet.ConductorServer;
import com.soundcore.kcp.fleet.Fleet;
import com.soundcore.kcp.result.MetadataMerge;
import com.soundcore.kcp.result.RunModelFile;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The conductor's side of a run, from the first join to the last model. */
public final class Conducting {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);
  // A stopped injector waits for its last responses and reduces its log.
  private static final Duration AFTER_A_STOP = Duration.ofMinutes(3);
  private static final long TO_HEAR_OF_IT_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  /**
   * The outcome of a conducted run.
   *
   * @param parts the run folder of each injector that delivered its model
   * @param broken why the measurements are worthless; empty if they are valid
   */
  public record Result(List<Path> parts, Optional<String> broken) {}

  /**
   * The run to conduct.
   *
   * @param simulation the class of the test
   * @param injectors the number of injectors
   * @param host the loopback or private address that the conductor listens on
   * @param port the port; 0 for any free port
   * @param folder the folder of the whole run
   */
  public record Order(String simulation, int injectors, String host, int port, Path folder) {}

  private Conducting() {}

  /** Waits for the injectors, starts and stops them, and collects their models. */
  public static Result conduct(KcpConfig config, Order order, Map<String, String> environment) {
    Fleet.Terms terms =
        new Fleet.Terms(
            order.simulation(),
            order.injectors(),
            Build.digest(),
            ConfigFiles.digests(config.environment().name()),
            config.injector().barrierTimeout(),
            config.injector().maxStartGap());
    Fleet fleet = new Fleet(terms, MetadataMerge::sameRun, System.nanoTime());
    Path models = order.folder().resolve("injectors");
    try (ConductorServer server =
        ConductorServer.open(fleet, order.host(), order.port(), environment, models)) {
      System.out.printf(
          "conducting %s: %d injectors, join at http://%s:%d (-Dkcp.injector.conductor)%n",
          order.simulation(), order.injectors(), order.host(), server.port());
      Thread interrupted = new Thread(() -> tellAll(fleet), "conductor-ends");
      Runtime.getRuntime().addShutdownHook(interrupted);
      follow(fleet);
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
    Optional<String> broken = fleet.isBroken() ? fleet.stopped() : Optional.empty();
    return new Result(parts(order, models), broken);
  }

  private static void tellAll(Fleet fleet) {
    fleet.stop("the conductor was ended");
    LockSupport.parkNanos(TO_HEAR_OF_IT_NANOS);
  }

  private static void follow(Fleet fleet) {
    long told = System.nanoTime();
    long stoppedAt = 0;
    while (!fleet.isOver()) {
      LockSupport.parkNanos(LOOK_NANOS);
      long now = System.nanoTime();
      fleet.check(now);
      if (now - told > TELL_NANOS) {
        told = now;
        System.out.println("  " + fleet.inWords());
      }
      if (stoppedAt == 0 && fleet.stopped().isPresent()) {
        stoppedAt = now;
        System.out.println("kcp stops the fleet: " + fleet.stopped().get());
      }
      if (stoppedAt != 0 && now - stoppedAt > AFTER_A_STOP.toNanos()) {
        break;
      }
    }
    System.out.println("  " + fleet.inWords());
  }

  /** Unpacks each model into its injector's run folder. An incomplete model counts as missing. */
  private static List<Path> parts(Order order, Path models) {
    List<Path> parts = new ArrayList<>();
    for (int i = 0; i < order.injectors(); i++) {
      Path model = models.resolve("injector-" + i + ".model");
      if (Files.isReadable(model)) {
        try {
          Path part = models.resolve(String.valueOf(i));
          unpack(model, new RunFolder(part));
          parts.add(part);
        } catch (LogException notWhole) {
          System.out.println(notWhole.getMessage());
        }
      }
    }
    return parts;
  }

  private static void unpack(Path model, RunFolder part) {
    try {
      for (Map.Entry<String, byte[]> file : RunModelFile.files(model).entrySet()) {
        // Accepts only this suite's file names: received data must not choose its own path.
        if (file.getKey().matches("[a-z]+\\.json")) {
          Files.write(part.file(file.getKey()), file.getValue());
        }
      }
      Files.move(model, part.file(part.model().getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
