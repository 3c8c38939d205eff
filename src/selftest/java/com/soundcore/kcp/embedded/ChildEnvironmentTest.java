package com.soundcore.kcp.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
  @Test
  void aChildGetsWhatAJvmNeedsAndNoSecret() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "PATH", "/bin",
                "LC_ALL", "C",
                "KCP_TOKEN", "s3cret",
                "KCP_DATABASE_PASSWORD", "s3cret",
                "KCP_WEBHOOK", "s3cret",
                "AWS_SECRET_ACCESS_KEY", "s3cret",
                "OTEL_EXPORTER_OTLP_HEADERS", "s3cret"));
    ChildEnvironment.reduce(environment);
    assertThat(environment).containsOnlyKeys("PATH", "LC_ALL");
  }
}
