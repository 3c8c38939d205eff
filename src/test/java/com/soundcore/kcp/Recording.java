package com.soundcore.kcp;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.report.Reports;
import com.soundcore.kcp.result.LogException;
import com.soundcore.kcp.result.ResultsFolder;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunFolder;
import com.soundcore.kcp.verdict.GeneratorWatch;
import com.soundcore.kcp.verdict.Verdict;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is kept of a run beside its log, from the start of the load to the verdict. */
final class Recording {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final KcpConfig config;
  private final String simulation;
  private final ResultsFolder results;
  private final long startedAtMs = System.currentTimeMillis();
  private final GeneratorWatch watch = new GeneratorWatch();
  private final RunFacts facts;
  private volatile boolean open = true;

  Recording(KcpConfig config, String simulation, FactsOf factsOf) {
    this.config = config;
    this.simulation = simulation;
    this.results = new ResultsFolder(Path.of(config.run().resultsFolder()).toAbsolutePath());
    this.facts = factsOf.startingAt(startedAtMs);
    Thread writer = new Thread(this::writeEarly, "facts");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * The facts stand beside the log as soon as it is there: a run that is killed can be judged, too.
   */
  private void writeEarly() {
    while (open) {
      Optional<RunFolder> folder = folder();
      if (folder.isPresent()) {
        folder.get().write(facts);
        return;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private Optional<RunFolder> folder() {
    return results.newest(simulation, startedAtMs);
  }

  /** Ends the recording, judges the run and writes its reports. */
  void finish(Map<String, Long> shed, Map<Long, Long> shedBySecond) {
    open = false;
    watch.close();
    Optional<RunFolder> folder = folder();
    if (folder.isEmpty()) {
      System.out.println(
          "No simulation.log in " + results.path() + " (kcp.results-folder): no verdict here.");
      return;
    }
    folder.get().write(facts.ended(shed, shedBySecond, watch.samples()));
    try {
      Verdict verdict = Reports.write(folder.get(), config);
      Exit.afterGatling(verdict, folder.get().path());
    } catch (LogException unreadable) {
      Exit.invalidAfterGatling(unreadable.getMessage());
    }
  }
}
