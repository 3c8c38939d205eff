package com.soundcore.kcp.workload;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A feeder's value, escaped for a URL and for JSON. */
record Value(String inUrl, String inJson) {
  static Value of(String text) {
    String json = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    return new Value(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"), json);
  }

  static Value of(long number) {
    String text = Long.toString(number);
    return new Value(text, text);
  }
}
