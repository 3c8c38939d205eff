package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.GatlingSettings;
import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.fleet.Member;
import com.soundcore.kcp.live.LiveRun;
import com.soundcore.kcp.monitoring.GeneratorWatch;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.RunModelFile;
import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.DatabaseSample;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The facts of a run that its log lacks, from the start of the load to the verdict. */
final class Recording {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  // The longest stretch that is lost if the machine fails. Each save rewrites everything, so a long
  // run saves less often: every twentieth of its duration so far.
  private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int SAVES = 20;

  // Files for the conductor. Metrics of the system are the same for all injectors, so only the
  // first one sends them.
  private static final List<String> OF_AN_INJECTOR = List.of("run.json", "examples.json");
  private static final List<String> OF_THE_SYSTEM =
      List.of("run.json", "examples.json", "resources.json", "database.json");

  private final KcpConfig config;
  private final String simulation;
  private final ResultsFolder results;
  private final GeneratorWatch watch;
  private final RunMetadata facts;
  private Optional<RunFolder> folder = Optional.empty();
  private volatile boolean open = true;
  private volatile Supplier<Ending> soFar;

  /**
   * @param watch the generator's watch, which is already running
   */
  Recording(KcpConfig config, RunMetadataFactory factsOf, GeneratorWatch watch) {
    this.config = config;
    this.watch = watch;
    this.simulation = factsOf.simulation();
    this.results = ResultsFolder.before(Path.of(config.run().resultsFolder()).toAbsolutePath());
    this.facts = factsOf.startingAt(System.currentTimeMillis());
    if (config.run().keepsLog()) {
      Exit.unlessReported(this::lastSaved);
      Thread writer = new Thread(this::writeEarly, "facts");
      writer.setDaemon(true);
      writer.start();
    }
  }

  /** Writes the facts as soon as the log has begun, so that a killed run can also be judged. */
  private void writeEarly() {
    long start = System.nanoTime();
    while (open && !found()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    while (open) {
      LockSupport.parkNanos(Math.max(SAVE_NANOS, (System.nanoTime() - start) / SAVES));
      save();
    }
  }

  /**
   * Saves measurements while the run continues, because it may be interrupted at any moment.
   *
   * @param measured returns the measurements so far
   */
  void keeps(Supplier<Ending> measured) {
    soFar = measured;
  }

  private synchronized void save() {
    if (open && soFar != null && folder.isPresent()) {
      Ending now = soFar.get();
      RunFolder mine = folder.get();
      saved("What the run has measured", () -> mine.write(factsOf(now, false)));
      keep(mine, now);
    }
  }

  /** Saves the latest measurements of an interrupted run. */
  private Optional<RunFolder> lastSaved() {
    try {
      save();
    } catch (RuntimeException broken) {
      System.out.println("What the run has measured could not be saved: " + Exit.words(broken));
    }
    return folder;
  }

  /** An interrupted run has not finished its plan. Its log shows how far it came. */
  private RunMetadata factsOf(Ending ending, boolean finished) {
    List<GeneratorSample> samples = watch.samples();
    RunMetadata real = ending.phases().map(facts::withPhases).orElse(facts);
    return real.withCaveats(ending.caveats())
        .ended(
            new RunEnd(
                finished,
                ending.shed(),
                ending.closedConnections(),
                samples,
                ending.answered(),
                ending.stopped().orElse(null),
                0,
                ending.clockOffsetMs().orElse(null),
                ending.search().orElse(null),
                ending.maxInFlight()));
  }

  /** Returns whether the run's folder is known. Once found, it stays the same. */
  private synchronized boolean found() {
    if (folder.isEmpty()) {
      folder = results.of(simulation, facts.setup().id());
      folder.ifPresent(mine -> mine.write(facts));
    }
    return folder.isPresent();
  }

  /** Returns the facts that were known at the start. */
  RunMetadata facts() {
    return facts;
  }

  /** Gives up after a silence longer than anything planned can explain. */
  LiveRun.GivingUp givingUp() {
    Duration pauses =
        config.journeys().values().stream()
            .map(Journey::pauses)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    Duration silence =
        config
            .generator()
            .endWithin()
            .plus(GatlingSettings.requestTimeout(System.getProperties()))
            .plus(pauses)
            .plus(config.run().thinkMax());
    return new LiveRun.GivingUp(silence, this::stuck);
  }

  /** Stops a run that does not end by itself. A run without a log here is stopped elsewhere. */
  private void stuck(String why) {
    if (config.run().keepsLog()) {
      Exit.stuck(why, folder);
    } else {
      System.out.println(why);
    }
  }

  GeneratorWatch watch() {
    return watch;
  }

  /** Stops the generator's watch, because later activity is not the load generator's. */
  void loadEnded() {
    watch.close();
  }

  /** The measurements at the end of the load, except for the generator's own samples. */
  record Ending(
      CountsBySecond shed,
      int maxInFlight,
      CountsBySecond closedConnections,
      Map<String, Answered> answered,
      Optional<Stopped> stopped,
      Optional<Long> clockOffsetMs,
      Optional<SearchRecord> search,
      List<ResourceSample> resources,
      List<DatabaseSample> database,
      Optional<List<Phase>> phases,
      List<Answered.Example> examples,
      List<String> caveats) {}

  /**
   * Judges the run and writes its reports. An error on the way is never a PASS.
   *
   * @param live receives the verdict for the live page
   */
  void judge(Ending ending, BiConsumer<Verdict, Path> live) {
    close();
    if (!config.run().keepsLog()) {
      System.out.println(
          "no verdict: this run keeps no log here (kcp.results-folder is empty); its assertions"
              + " count");
      return;
    }
    if (!found()) {
      Exit.invalidAtTheEnd(
          "There is no simulation.log of this run in %s (kcp.results-folder)."
              .formatted(results.path()));
      return;
    }
    RunFolder mine = folder.orElseThrow();
    try {
      mine.write(factsOf(ending, true));
      keep(mine, ending);
      saved("The checksum of the log", () -> LogSeal.write(mine));
      JudgedRun judged = RunJudge.judgeAndWrite(mine, config);
      Exit.with(judged, mine.path(), config.run().gatlingReport());
      show(live, judged.verdict(), mine.path());
    } catch (RuntimeException broken) {
      Exit.notJudged(broken);
    }
  }

  /** Delivers this injector's measurements to the conductor, which judges them. */
  void deliver(Ending ending, Member member) {
    close();
    if (!found()) {
      throw new Refusal(
          "There is no simulation.log of this run in %s (kcp.results-folder)."
              .formatted(results.path()));
    }
    RunFolder mine = folder.orElseThrow();
    mine.write(factsOf(ending, true));
    keep(mine, ending);
    LogSeal.write(mine);
    long start = member.awaitOthers(RunModelFile.startOf(List.of(mine.log())));
    boolean first = facts.setup().injector() == 0;
    RunModelFile.write(
        mine, start, member.aheadMs(), first ? OF_THE_SYSTEM : OF_AN_INJECTOR, mine.model());
    member.deliver(mine.model());
    Exit.delivered(mine.path());
  }

  /** Waits for a save in progress, and prevents further ones. */
  private synchronized void close() {
    open = false;
  }

  /** Saves data that the verdict does not need. */
  private static void keep(RunFolder mine, Ending ending) {
    saved("The resource figures of the system", () -> mine.write(ending.resources()));
    if (!ending.database().isEmpty()) {
      saved("What the database did", () -> mine.writeDatabase(ending.database()));
    }
    saved("The examples of calls", () -> mine.writeExamples(ending.examples()));
  }

  private static void saved(String what, Runnable writing) {
    try {
      writing.run();
    } catch (RuntimeException broken) {
      System.out.println(what + " could not be saved: " + Exit.words(broken));
    }
  }

  /** The verdict does not depend on the live page. */
  private static void show(BiConsumer<Verdict, Path> live, Verdict verdict, Path folder) {
    try {
      live.accept(verdict, folder);
    } catch (RuntimeException broken) {
      System.out.println("The live page could not show the verdict: " + broken);
    }
  }
}
