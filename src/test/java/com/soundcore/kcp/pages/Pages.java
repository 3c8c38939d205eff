package com.soundcore.kcp.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders the pages of {@code src/test/resources/pages}; each is one self-contained file. */
public final class Pages {
  private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final List<String> SHARED = List.of("charts", "distribution", "tables");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Pages() {}

  /**
   * Renders a page.
   *
   * @param name of its template and its script
   */
  public static String of(String name, Map<String, Object> values) {
    PebbleEngine engine =
        new PebbleEngine.Builder()
            .loader(new ClasspathLoader())
            .defaultLocale(Locale.ROOT)
            .strictVariables(true)
            .build();
    Map<String, Object> all = new HashMap<>(values);
    all.put("uplotScript", resource(UPLOT + "uPlot.iife.min.js"));
    all.put("uplotStyle", resource(UPLOT + "uPlot.min.css"));
    all.put("style", resource("pages/report.css"));
    for (String shared : SHARED) {
      all.put(shared, resource("pages/" + shared + ".js"));
    }
    all.put("script", resource("pages/" + name + ".js"));
    StringWriter page = new StringWriter();
    try {
      engine.getTemplate("pages/" + name + ".html.peb").evaluate(page, all, Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toString();
  }

  /** Returns JSON that is safe inside a script element. */
  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(value).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = Pages.class.getClassLoader().getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
