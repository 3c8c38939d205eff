/**
 * Pushes the metrics of a run to an OTLP collector, periodically while it runs and once more at its
 * end. A run in CI may be over before Prometheus scrapes it, but its pushes arrive. The metrics are
 * those of the Prometheus page. Failed pushes are reported once and never disturb the run.
 */
package com.soundcore.kcp.live.otlp;
