package com.soundcore.kcp.finding;

/**
 * The trend of a metric over a hold, at equal load.
 *
 * @param service the service; if several share a process, the first
 * @param figure p95, errors, or one of the system's own metrics
 * @param unit of the metric
 * @param median over the hold
 * @param perMinute the slope
 * @param rise over the whole hold, according to the slope
 * @param pValue probability of such a trend by chance alone
 * @param matters whether the trend is large, significant among all that were tested, and still
 *     rising at the end
 * @param sentence in words
 * @param fullAfterSeconds time from the end of the hold until the metric reaches its limit at this
 *     slope; null if no limit is known
 */
public record Drift(
    String service,
    String figure,
    String unit,
    double median,
    double perMinute,
    double rise,
    double pValue,
    boolean matters,
    String sentence,
    Double fullAfterSeconds) {}
