package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.finding.AddedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** By how much a run itself changed the amount of data that it measured, in words. */
record DataGrowth(AddedRows added) {
  /** "DATA GREW: …", for each collection that grew by more than is allowed. */
  List<String> caveats() {
    List<String> caveats = new ArrayList<>();
    added
        .all()
        .forEach(
            (rows, growth) ->
                caveats.add(
                    String.format(
                        Locale.ROOT,
                        "DATA GREW: this run added %,d %s to %,d (+%.0f %%): what reads all of them"
                            + " took longer at its end than at its start",
                        growth.added(),
                        rows,
                        growth.before(),
                        100 * growth.share())));
    return caveats;
  }
}
