package com.soundcore.kcp.finding;

import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.run.RunMetadata;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows that a run added to what it measured: what reads all of them takes longer at its end than at
 * its start, and that is the test's own doing.
 */
public record AddedRows(KcpConfig config, RunMetadata facts, RunModel model) {
  /**
   * The growth of a collection.
   *
   * @param before rows at the start; above 0
   * @param added by the run
   */
  public record Growth(long before, long added) {
    /** What was added, as a fraction of what was there. */
    public double share() {
      return (double) added / before;
    }
  }

  /** Collections that grew by as much as {@code kcp.findings.growth}, such as "knowledge items". */
  public Map<String, Growth> all() {
    Map<String, Growth> all = new TreeMap<>();
    facts.operations().keySet().forEach(service -> all.putAll(of(service)));
    return all;
  }

  /** Those of one service. */
  Map<String, Growth> of(String service) {
    Map<String, Growth> grown = new TreeMap<>();
    // The embedded backend in memory finds by its index, and keeps its rows below a limit.
    if (facts.setup().embedded() && config.backend().store() == BackendOptions.Store.MEMORY) {
      return grown;
    }
    Map<String, Long> added = new TreeMap<>();
    for (Operation operation : config.allServices().get(service).operations().values()) {
      Stats calls = model.requests().get(operation.fullName());
      if (operation.addsTo().isPresent() && calls != null) {
        String rows = service + " " + operation.addsTo().get();
        added.merge(rows, calls.requests() - calls.failed(), Long::sum);
      }
    }
    added.forEach(
        (rows, more) -> {
          long before = facts.setup().system().rows().getOrDefault(rows, 0L);
          if (before > 0 && more >= before * config.findings().growth()) {
            grown.put(rows, new Growth(before, more));
          }
        });
    return grown;
  }

  /**
   * By how much longer reading all rows of a service takes at a second than at the start of the
   * load; 1 where they hardly grew.
   */
  double factorAt(String service, double second) {
    double share = of(service).values().stream().mapToDouble(Growth::share).max().orElse(0);
    return 1 + share * second / Math.max(1, facts.plannedSeconds());
  }
}
