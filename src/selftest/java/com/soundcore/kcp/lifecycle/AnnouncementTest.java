package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.Printed;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
  private static final ObservedSystem SEEN =
      new ObservedSystem(
          "", Map.of(), Map.of("knowledge items", 5000L), List.of("CLOCK: late"), "");

  /** What stands on the console before a test is sent, and at its start. */
  private record Announced(List<String> before, List<String> start) {
    static Announced of(String name, boolean searches, String... pairs) {
      Properties properties = new Properties();
      for (int i = 0; i < pairs.length; i += 2) {
        properties.put(pairs[i], pairs[i + 1]);
      }
      KcpConfig config = ConfigLoader.load(properties);
      TestShape test = config.tests().get(name);
      TrafficMix mix = TrafficMix.of(config, config.workloadOf(test));
      Plan plan = new Plan(config, test, mix);
      RunMetadata facts =
          new RunMetadataFactory(config, test, mix, plan, "Any", "kcp-1", ObservedSystem.UNKNOWN)
              .startingAt(0);
      Announcement announcement = new Announcement(config, test, mix, plan, "kcp-1", searches);
      return new Announced(
          Printed.by(() -> announcement.before(facts)).lines().toList(),
          Printed.by(
                  () -> announcement.start(43, SEEN, List.of("auth: 3 different questions"), 2000))
              .lines()
              .toList());
    }
  }

  @Test
  void aPlainTestSaysWhatIsSentWhere() {
    assertThat(Announced.of("qps10k", false).before())
        .containsExactly(
            "",
            "qps10k: Does it hold 10,000 requests per second, each service at its own rate?",
            "  where     embedded (EMBEDDED): The backend that comes with the suite, started for"
                + " the run on this machine.",
            "  workload  mixed, open model, seed 20260101, run kcp-1",
            "  shape     0 → 10,000 req/s in 45 s, 5 min at 10,000 req/s",
            "  knowledge  about 1,612,499 requests to http://127.0.0.1:18001",
            "  content    about 322,500 requests to http://127.0.0.1:18002",
            "  support    about 483,750 requests to http://127.0.0.1:18003",
            "  analytics  about 644,998 requests to http://127.0.0.1:18004",
            "  auth       about 161,249 requests to http://127.0.0.1:18005");
  }

  @Test
  void aScaledShareOfAPartOfItSaysSo() {
    assertThat(
            Announced.of(
                    "qps10k",
                    true,
                    "kcp.load-scale",
                    "0.5",
                    "kcp.services",
                    "auth",
                    "kcp.injector.count",
                    "4",
                    "kcp.injector.index",
                    "1")
                .before())
        .containsSequence(
            "  SCALED    time × 1.0, load × 0.5: this run says nothing of the unscaled test",
            "  share     injector 2 of 4",
            "  auth       at most 20,156 requests to http://127.0.0.1:18005",
            "  PARTIAL   only auth of analytics, auth, content, knowledge, support; says nothing of"
                + " the others, nor of all together");
  }

  @Test
  void limitsThatTooFewCallsCannotProveAreSaidSixAtMost() {
    List<String> before =
        Announced.of("qps10k", false, "kcp.load-scale", "0.001", "kcp.time-scale", "0.1").before();
    assertThat(before).filteredOn(line -> line.startsWith("  NOT PROVED  ")).hasSize(7);
    assertThat(before.get(before.size() - 1)).isEqualTo("  NOT PROVED  nor 4 more limits");
  }

  @Test
  void theStartSaysWhatWasSeenWhatIsLeftAndHowManyAreSent() {
    List<String> open = Announced.of("qps10k", false).start();
    assertThat(open)
        .startsWith(
            "  preflight 43 checks passed",
            "  data      knowledge items: 5,000 rows",
            "  CLOCK: late",
            "  variety   auth: 3 different questions",
            "  cap       at most 3,000 requests in flight: at 10,000 req/s arrivals are dropped"
                + " once answers take 300 ms on average")
        .anyMatch(line -> line.matches("  leaves    about [\\d,]+ × a view count .*"))
        .contains(
            "  budget    about 29,318 rows created, 6,450 MB of answers, 242 MB of log here; at"
                + " most 100,000,000 requests and 1,440 minutes (kcp.max-requests,"
                + " kcp.max-minutes)")
        .endsWith("");
    assertThat(open.get(open.size() - 2))
        .matches(
            "  sending   about 3,224,996 requests in 5 min 45 s, until \\d\\d:\\d\\d(:\\d\\d)?");
    assertThat(Announced.of("smoke", false).start())
        .contains("  preflight 43 checks passed")
        .noneMatch(line -> line.startsWith("  cap "));
  }
}
