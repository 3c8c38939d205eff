package com.soundcore.kcp.report;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import java.io.OutputStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** {@code histograms.hlog}: response times in ms, as the HdrHistogram tools read them. */
final class HistogramReport implements ReportFormat {
  @Override
  public String file() {
    return "histograms.hlog";
  }

  @Override
  public void write(JudgedRun judged, OutputStream out) {
    RunModel run = judged.model();
    HistogramLogWriter writer = new HistogramLogWriter(out);
    writer.outputLogFormatVersion();
    writer.outputComment(
        "[response times in milliseconds; tags: all, service, service / operation]");
    writer.outputStartTime(run.startedAtMs());
    writer.outputLegend();
    write(writer, run, "all", run.whole());
    run.services().forEach((name, stats) -> write(writer, run, name, stats));
    run.requests().forEach((name, stats) -> write(writer, run, name, stats));
  }

  private static void write(HistogramLogWriter writer, RunModel run, String name, Stats stats) {
    Histogram histogram = stats.histogram().copy();
    histogram.setTag(name.replace(" / ", "/"));
    histogram.setStartTimeStamp(run.startedAtMs());
    histogram.setEndTimeStamp(run.startedAtMs() + run.timeline().length() * 1000L);
    writer.outputIntervalHistogram(histogram);
  }
}
