package com.soundcore.kcp.live;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Several injectors on one page: each leaves its state in the folder they share, and the first one
 * reads all of them and shows the sum. A folder may be slow (a network's), so a thread of its own
 * waits for it; a second that comes meanwhile is not shown.
 */
final class InjectorExchange implements Consumer<LiveSnapshot>, AutoCloseable {
  private static final long END_SECONDS = 3;

  private final Injector mine;
  private final InjectorFolder folder;
  private final Totals totals;
  private final AllInjectors all;
  private final Consumer<LiveSnapshot> page;
  private final AtomicBoolean busy = new AtomicBoolean();
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
   * @param totals what this injector has done
   * @param page shows each second: of all injectors on the first one, else of this one
   * @return nothing where there is but one injector, or no folder that they share
   */
  static Optional<InjectorExchange> of(
      Injector mine, List<Operation> operations, Totals totals, Consumer<LiveSnapshot> page) {
    return mine.barrier()
        .filter(folder -> mine.count() > 1)
        .map(folder -> new InjectorExchange(mine, Path.of(folder), operations, totals, page));
  }

  @Override
  public void accept(LiveSnapshot tick) {
    if (busy.compareAndSet(false, true)) {
      thread.execute(
          () -> {
            try {
              page.accept(exchanged(tick));
            } catch (RuntimeException broken) {
              complain(broken);
            } finally {
              busy.set(false);
            }
          });
    }
  }

  private LiveSnapshot exchanged(LiveSnapshot tick) {
    try {
      folder.write(InjectorState.of(mine.index(), tick, totals.all()));
      if (mine.index() > 0) {
        return tick;
      }
      for (int i = 0; i < mine.count(); i++) {
        folder.read(i).ifPresent(state -> all.saw(state, tick.second()));
      }
      return all.together(tick);
    } catch (IOException | RuntimeException broken) {
      complain(broken);
      return tick;
    }
  }

  private void complain(Exception broken) {
    if (!failed) {
      failed = true;
      System.out.printf(
          "  live      the page may not show all injectors from now on (injector %d, kcp.injector.barrier %s): %s%n",
          mine.index(), folder.folder(), broken);
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
