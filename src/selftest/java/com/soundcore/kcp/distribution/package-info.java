/**
 * Tests of what is handed out: the zip, the jar for Gatling Enterprise, the manifests for
 * Kubernetes and the workflows of CI.
 *
 * <p>In: what {@code mvn package} has built, and the files of {@code conf} and {@code .github}.
 * Out: nothing but the tests' word. Nothing else may know this package.
 */
package com.soundcore.kcp.distribution;
