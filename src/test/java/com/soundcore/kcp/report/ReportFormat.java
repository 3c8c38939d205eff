package com.soundcore.kcp.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A format of the report: one file in the folder of a run. */
public interface ReportFormat {
  /** Every format that is written; a new one is a class, and a line here. */
  List<ReportFormat> ALL =
      List.of(
          new JsonReport(),
          new JunitReport(),
          new MarkdownReport(),
          new HtmlReport(),
          new HistogramReport());

  /** The name of the file. */
  String file();

  /**
   * Writes a run.
   *
   * @throws IOException where the file cannot be written
   */
  void write(JudgedRun run, OutputStream out) throws IOException;

  /** One that is text as a whole. */
  interface Text extends ReportFormat {
    /** The text. */
    String of(Summary summary);

    @Override
    default void write(JudgedRun run, OutputStream out) throws IOException {
      out.write(of(run.summary()).getBytes(StandardCharsets.UTF_8));
    }
  }
}
