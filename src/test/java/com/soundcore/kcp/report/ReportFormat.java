package com.soundcore.kcp.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A report format: one file in the folder of a run. */
public interface ReportFormat {
  /** All formats that are written. A new format is a class, and a line here. */
  List<ReportFormat> ALL =
      List.of(
          new JsonReport(),
          new JunitReport(),
          new MarkdownReport(),
          new HtmlReport(),
          new HistogramReport());

  /** Returns the name of the file. */
  String file();

  /**
   * Writes the report of a run.
   *
   * @throws IOException if the file cannot be written
   */
  void write(JudgedRun run, OutputStream out) throws IOException;

  /** A format that consists of text. */
  interface Text extends ReportFormat {
    /** Returns the text of the report. */
    String of(Summary summary);

    @Override
    default void write(JudgedRun run, OutputStream out) throws IOException {
      out.write(of(run.summary()).getBytes(StandardCharsets.UTF_8));
    }
  }
}
