package com.soundcore.kcp.finding;

/**
 * How a figure moved over a hold, at equal load.
 *
 * @param service the service; if several share a process, the first
 * @param figure p95, errors, or one of the system's own
 * @param unit of the figure
 * @param median over the hold
 * @param perMinute the slope
 * @param rise over the whole hold, as the slope has it
 * @param pValue how often chance alone makes such a trend
 * @param matters whether it is significant among all that was tested, large, and goes on
 * @param sentence in words
 * @param fullAfterSeconds when it would reach its limit at this slope, counted from the end of the
 *     hold; null where no limit is known
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
