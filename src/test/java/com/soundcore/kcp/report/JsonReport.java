package com.soundcore.kcp.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** {@code summary.json}, for programs. */
final class JsonReport implements ReportFormat.Text {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String file() {
    return "summary.json";
  }

  @Override
  public String of(Summary summary) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
