package com.soundcore.kcp.report;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.run.RunFolder;
import java.io.FileNotFoundException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/** {@code histograms.hlog}: response times in ms, in the format of the HdrHistogram tools. */
public final class HistogramReport implements ReportFormat {
  private static final String FILE = "histograms.hlog";

  /**
   * Reads the histograms of an earlier run, by tag; empty without a file.
   *
   * @param run folder of the run
   */
  public static Map<String, Histogram> read(RunFolder run) {
    Map<String, Histogram> histograms = new HashMap<>();
    try (HistogramLogReader reader = new HistogramLogReader(run.file(FILE).toFile())) {
      while (reader.hasNext()) {
        Histogram histogram = (Histogram) reader.nextIntervalHistogram();
        histograms.put(histogram.getTag(), histogram);
      }
    } catch (FileNotFoundException none) {
      return Map.of();
    }
    return histograms;
  }

  @Override
  public String file() {
    return FILE;
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
