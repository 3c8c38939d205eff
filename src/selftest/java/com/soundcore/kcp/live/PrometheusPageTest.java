package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.live.calls.Recorder.Interval;
import com.soundcore.kcp.live.calls.Totals;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PrometheusPageTest {
  private static final Operation ME =
      SyntheticRun.CONFIG.allServices().get("auth").operations().get("me");

  private final Totals totals = new Totals();
  private final PrometheusPage page = new PrometheusPage(TickFixture.PLAN, totals);

  private List<String> lines() {
    return new String(page.bytes(), StandardCharsets.UTF_8).lines().toList();
  }

  private void see() {
    Flow flow = new Flow(40, 39, 0, Figures.NONE, Figures.NONE);
    page.accept(TickFixture.at(9, "hold", 7, Map.of("auth", flow, "content", flow)));
  }

  @Test
  void beforeTheFirstSecondThePageIsEmpty() {
    assertThat(lines()).isEmpty();
  }

  @Test
  void callsAreCountedInBucketsThatAddUp() {
    Histogram ok = new Histogram(3);
    List.of(1L, 4L, 250L, 90_000L).forEach(ok::recordValue);
    totals.add(List.of(new Interval(ME, 4, 0, ok, new Histogram(3))));
    see();
    String of = "{operation=\"me\",service=\"auth\",status=\"ok\"";
    assertThat(lines())
        .contains("kcp_requests_total" + of + "} 4.0")
        .contains("kcp_request_duration_seconds_bucket" + of + ",le=\"0.001\"} 1")
        .contains("kcp_request_duration_seconds_bucket" + of + ",le=\"0.005\"} 2")
        .contains("kcp_request_duration_seconds_bucket" + of + ",le=\"0.2\"} 2")
        .contains("kcp_request_duration_seconds_bucket" + of + ",le=\"0.3\"} 3")
        .contains("kcp_request_duration_seconds_bucket" + of + ",le=\"60.0\"} 3")
        .contains("kcp_request_duration_seconds_bucket" + of + ",le=\"+Inf\"} 4")
        .contains("kcp_requests_total{operation=\"me\",service=\"auth\",status=\"failed\"} 0.0");
  }

  @Test
  void theLoadItsTargetsAndTheGeneratorHaveFigures() {
    see();
    assertThat(lines())
        .contains(
            "kcp_test_info{environment=\"staging\",model=\"open\",test=\"load\",workload=\"mixed\"}"
                + " 1.0",
            "kcp_test_elapsed_seconds 10.0",
            "kcp_test_planned_seconds 120.0",
            "kcp_users 4321.0",
            "kcp_requests_in_flight 17.0",
            "kcp_requests_shed_total 7.0",
            "kcp_planned_requests_per_second{service=\"content\"} 40.0",
            "kcp_target_p95_seconds{service=\"auth\"} 0.2",
            "kcp_target_error_ratio{service=\"content\"} 0.001",
            "kcp_generator_cpu_ratio 0.25",
            "kcp_generator_machine_cpu_ratio 0.5",
            "kcp_generator_max_pause_seconds 0.04",
            "kcp_generator_open_files 99.0",
            "kcp_system_resource{figure=\"memory\",service=\"auth\"} 5000000.0");
  }
}
