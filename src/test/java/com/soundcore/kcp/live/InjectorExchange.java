package com.soundcore.kcp.live;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.KcpConfig.Injector;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.live.calls.Totals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Exchange that shows several injectors on one page. Each injector leaves its state in a shared
 * folder. The first one reads all states and shows their sum. The folder may be slow, such as on a
 * network, so a separate thread waits for it. Of the seconds that arrive in the meantime, only the
 * newest is shown.
 */
final class InjectorExchange implements Consumer<LiveSnapshot>, AutoCloseable {
  private static final long END_SECONDS = 3;

  private final Injector mine;
  private final InjectorFolder folder;
  private final Totals totals;
  private final AllInjectors all;
  private final Consumer<LiveSnapshot> page;
  private final AtomicReference<LiveSnapshot> newest = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread own = new Thread(work, "injector-exchange");
            own.setDaemon(true);
            return own;
          });
  private boolean failed;

  private InjectorExchange(
      Injector mine,
      Path folder,
      List<Operation> operations,
      Totals totals,
      Consumer<LiveSnapshot> page) {
    this.mine = mine;
    this.folder = new InjectorFolder(folder);
    this.totals = totals;
    this.all = new AllInjectors(mine.count(), operations);
    this.page = page;
  }

  /**
   * @param totals calls of this injector
   * @param page shows each second: of all injectors on the first one, else of this one
   * @return empty if there is only one injector, no page, or no shared folder
   */
  static Optional<InjectorExchange> of(
      KcpConfig config, List<Operation> operations, Totals totals, Consumer<LiveSnapshot> page) {
    Injector mine = config.injector();
    return mine.barrier()
        .filter(folder -> mine.count() > 1 && config.live().enabled())
        .map(folder -> new InjectorExchange(mine, Path.of(folder), operations, totals, page));
  }

  @Override
  public void accept(LiveSnapshot tick) {
    // A waiting second is replaced: only the newest counts.
    if (newest.getAndSet(tick) == null) {
      thread.execute(this::exchange);
    }
  }

  private void exchange() {
    LiveSnapshot tick = newest.getAndSet(null);
    InjectorState state = null;
    try {
      state = InjectorState.of(mine.index(), tick, totals.all());
      folder.write(state);
    } catch (IOException | RuntimeException broken) {
      complain("cannot tell the others what it does", broken);
    }
    try {
      page.accept(mine.index() == 0 && state != null ? together(tick, state) : tick);
    } catch (RuntimeException broken) {
      complain("cannot show a second", broken);
    }
  }

  /** Sums all injectors. An injector with an unreadable state counts as silent. */
  private LiveSnapshot together(LiveSnapshot tick, InjectorState own) {
    all.saw(own, tick.second());
    for (int i = 1; i < mine.count(); i++) {
      try {
        folder.read(i).ifPresent(state -> all.saw(state, tick.second()));
      } catch (IOException | RuntimeException unreadable) {
        complain("cannot read what injector " + i + " does", unreadable);
      }
    }
    return all.together(tick);
  }

  private void complain(String what, Exception broken) {
    if (!failed) {
      failed = true;
      System.out.printf(
          "  live      injector %d %s (kcp.injector.barrier %s: %s: %s)%n",
          mine.index(),
          what,
          folder.folder(),
          broken.getClass().getSimpleName().replace("Exception", ""),
          String.valueOf(broken.getMessage()).lines().findFirst().orElse(""));
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
