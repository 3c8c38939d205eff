package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.run.RunMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** By how much a run itself changed the amount of data that it measured. */
record DataGrowth(KcpConfig config, RunMetadata facts, RunModel model) {
  /** "DATA GREW: …", for each collection that grew by more than is allowed. */
  List<String> caveats() {
    // The embedded backend in memory finds by its index, and keeps its rows below a limit.
    if (facts.setup().embedded() && config.backend().store() == BackendOptions.Store.MEMORY) {
      return List.of();
    }
    Map<String, Long> added = new TreeMap<>();
    for (String service : facts.operations().keySet()) {
      for (Operation operation : config.allServices().get(service).operations().values()) {
        Stats calls = model.requests().get(operation.fullName());
        if (operation.addsTo().isPresent() && calls != null) {
          String rows = service + " " + operation.addsTo().get();
          added.merge(rows, calls.requests() - calls.failed(), Long::sum);
        }
      }
    }
    List<String> caveats = new ArrayList<>();
    added.forEach(
        (rows, more) -> {
          long before = facts.setup().system().rows().getOrDefault(rows, 0L);
          if (before > 0 && more >= before * config.findings().growth()) {
            caveats.add(
                String.format(
                    Locale.ROOT,
                    "DATA GREW: this run added %,d %s to %,d (+%.0f %%): what reads all of them"
                        + " took longer at its end than at its start",
                    more,
                    rows,
                    before,
                    100.0 * more / before));
          }
        });
    return caveats;
  }
}
