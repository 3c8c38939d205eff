package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.finding.AddedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The growth of the system's data that the run itself caused. */
record DataGrowth(AddedRows added) {
  /** Returns a "DATA GREW" caveat for each collection that grew by more than the limit. */
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
