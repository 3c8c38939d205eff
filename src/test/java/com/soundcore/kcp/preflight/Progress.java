package com.soundcore.kcp.preflight;

import java.util.Locale;
import java.util.function.Consumer;

/** The progress of a long task, with a line of output for each tenth. */
public final class Progress {
  private static final int PARTS = 10;

  private final String what;
  private final long all;
  private final Consumer<String> out;
  private long shown;

  public Progress(String what, long all, Consumer<String> out) {
    this.what = what;
    this.all = all;
    this.out = out;
  }

  /** Reports the number of completed items. */
  public void at(long done) {
    long part = done * PARTS / all;
    if (part > shown) {
      shown = part;
      String bar = "#".repeat((int) part) + ".".repeat((int) (PARTS - part));
      out.accept(String.format(Locale.ROOT, "[%s] %,d of %,d %s", bar, done, all, what));
    }
  }
}
