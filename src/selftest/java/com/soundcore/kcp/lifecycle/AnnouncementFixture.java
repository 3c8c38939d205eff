package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.workload.TrafficMix;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What stands on the console before a test is sent. */
public final class AnnouncementFixture {
  private AnnouncementFixture() {}

  /** The announcement of a test by this configuration. */
  public static String of(KcpConfig config, String test) {
    TestShape shape = config.tests().get(test);
    TrafficMix mix = TrafficMix.of(config, config.workloadOf(shape));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      new Announcement(config, shape, mix, new Plan(config, shape, mix), "kcp-test", false)
          .before(new SyntheticRun().facts());
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
