package com.soundcore.kcp.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.result.Timeline;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code report.html}: one page that needs nothing but itself. */
final class HtmlReport {
  private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private HtmlReport() {}

  static String of(Summary summary) {
    PebbleEngine engine =
        new PebbleEngine.Builder()
            .loader(new ClasspathLoader())
            .defaultLocale(Locale.ROOT)
            .strictVariables(true)
            .build();
    Map<String, Object> values = new HashMap<>();
    values.put("s", summary);
    values.put("series", series(summary));
    values.put("phases", phases(summary));
    values.put("uplotScript", resource(UPLOT + "uPlot.iife.min.js"));
    values.put("uplotStyle", resource(UPLOT + "uPlot.min.css"));
    values.put("style", resource("pages/report.css"));
    values.put("script", resource("pages/report.js"));
    StringWriter page = new StringWriter();
    try {
      engine.getTemplate("pages/report.html.peb").evaluate(page, values, Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toString();
  }

  /** Columns for the charts: second, planned, started, failed, users, p50, p95, p99. */
  private static String series(Summary summary) {
    List<Timeline.Second> seconds = summary.timeline();
    List<Object[]> columns = new ArrayList<>();
    for (int column = 0; column < 8; column++) {
      columns.add(new Object[seconds.size()]);
    }
    for (int i = 0; i < seconds.size(); i++) {
      Timeline.Second second = seconds.get(i);
      boolean some = second.started() > 0;
      columns.get(0)[i] = second.second();
      columns.get(1)[i] = planned(summary, second.second());
      columns.get(2)[i] = second.started();
      columns.get(3)[i] = second.failed();
      columns.get(4)[i] = second.users();
      columns.get(5)[i] = some ? second.p50Ms() : null;
      columns.get(6)[i] = some ? second.p95Ms() : null;
      columns.get(7)[i] = some ? second.p99Ms() : null;
    }
    return json(columns.stream().map(Arrays::asList).toList());
  }

  /** The planned rate in the middle of a second. */
  private static Double planned(Summary summary, int second) {
    return summary.phases().stream()
        .filter(phase -> second >= phase.startSecond() && second < phase.endSecond())
        .map(
            phase -> {
              double share =
                  (second + 0.5 - phase.startSecond()) / (phase.endSecond() - phase.startSecond());
              return phase.plannedFromRps()
                  + share * (phase.plannedToRps() - phase.plannedFromRps());
            })
        .findFirst()
        .orElse(null);
  }

  private static String phases(Summary summary) {
    return json(
        summary.phases().stream()
            .map(phase -> List.of(phase.startSecond(), phase.endSecond(), phase.name()))
            .toList());
  }

  /** JSON that cannot end the script it stands in. */
  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = HtmlReport.class.getClassLoader().getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
