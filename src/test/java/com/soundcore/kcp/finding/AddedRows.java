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
 * Rows that a run added to the system that it measured. A call that reads all of them takes longer
 * at the end than at the start; that slowdown is the test's own doing.
 */
public record AddedRows(KcpConfig config, RunMetadata facts, RunModel model) {
  /**
   * The growth of a collection.
   *
   * @param before rows at the start; above 0
   * @param added rows that the run added
   */
  public record Growth(long before, long added) {
    /** Returns the added rows as a fraction of the earlier ones. */
    public double share() {
      return (double) added / before;
    }
  }

  /**
   * Returns the collections that grew by at least {@code kcp.findings.growth}, such as "knowledge
   * items".
   */
  public Map<String, Growth> all() {
    Map<String, Growth> all = new TreeMap<>();
    facts.operations().keySet().forEach(service -> all.putAll(of(service)));
    return all;
  }

  Map<String, Growth> of(String service) {
    Map<String, Growth> grown = new TreeMap<>();
    // The embedded backend in memory searches by an index and limits its number of rows.
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
   * Returns the factor by which reading all rows of a service takes longer at a second than at the
   * start of the load; 1 if they hardly grew.
   */
  double factorAt(String service, double second) {
    double share = of(service).values().stream().mapToDouble(Growth::share).max().orElse(0);
    return 1 + share * second / Math.max(1, facts.plannedSeconds());
  }
}
