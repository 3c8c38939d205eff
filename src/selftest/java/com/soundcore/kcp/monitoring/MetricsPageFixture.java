package com.soundcore.kcp.monitoring;

/** Lets tests of other rooms read a page of metrics. */
public final class MetricsPageFixture {
  private MetricsPageFixture() {}

  /** Returns the sum of a metric; NaN where the page has none. */
  public static double sum(String page, String metric) {
    return MetricsPage.of(page).sum(metric).orElse(Double.NaN);
  }
}
