/**
 * The figures of a run for those who collect by OTLP: pushed while it runs, and once more at its
 * end. A run in CI may be over before Prometheus scrapes it; one that pushes is seen all the same.
 */
package com.soundcore.kcp.live.otlp;
