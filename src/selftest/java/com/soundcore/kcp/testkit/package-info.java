/**
 * What the suite's own tests share: a suite process, a browser, a Prometheus, a PostgreSQL, a
 * client of the backend, and runs that are written to order.
 */
package com.soundcore.kcp.testkit;
