package com.soundcore.kcp.live.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.LoadTime;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LiveCountsTest {
  @Test
  void aLevelIsJudgedByTheP95TargetWhateverOtherPercentilesAreTargets() {
    Properties properties = new Properties();
    properties.setProperty("kcp.targets.auth.p50", "10ms");
    KcpConfig config = ConfigLoader.load(properties);
    LoadTime time = new LoadTime();
    LiveCounts counts =
        new LiveCounts(
            time,
            new InFlight(() -> 10, time),
            new ClosedConnections(time, Map.of()),
            10,
            Map.of("auth", config.allServices().get("auth").target()),
            new LatencyLimits(Map.of("auth", List.of(10, 200))));
    Operation login = config.allServices().get("auth").operations().get("login");
    for (int millis : List.of(5, 50, 250)) {
      counts.sent(login);
      counts.answered(login, millis, true, 1, "");
    }
    assertThat(counts.beyond("auth", 0, 10)).isEqualTo(2);
    assertThat(counts.slow("auth", 0)).isEqualTo(1);
  }
}
