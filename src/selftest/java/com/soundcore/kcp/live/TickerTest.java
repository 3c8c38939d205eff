package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.live.calls.Recorder;
import com.soundcore.kcp.live.calls.Totals;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.LoadTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TickerTest {
  private static final long PREPARING_MS = 1_300;

  @TempDir private Path folder;

  /** However long the run takes to begin. */
  @Test
  @Timeout(60)
  void itsSecondsAreThoseOfTheLoadWhichBeginsWithTheFirstUser() throws InterruptedException {
    RunMetadata facts = new SyntheticRun().write(folder, new SyntheticRun.Order() {}).facts();
    LoadTime time = new LoadTime();
    BlockingQueue<LiveSnapshot> shown = new LinkedBlockingQueue<>();
    Ticker.Sources sources =
        new Ticker.Sources(
            new InFlight(() -> 1, time),
            1,
            () -> new GeneratorSample(0, 0, 0, 0, 0, 0, 0),
            Map::of);
    try (Ticker ticker =
        new Ticker(
            time,
            () -> facts,
            new Recorder(List.of(), time),
            new Totals(),
            sources,
            List.of(shown::add))) {
      assertThat(shown.poll(PREPARING_MS, TimeUnit.MILLISECONDS)).isNull();
      time.userStarts();
      LiveSnapshot first = shown.take();
      assertThat(time.millis()).isGreaterThanOrEqualTo(1000);
      assertThat(first.second()).isLessThanOrEqualTo((int) (time.millis() / 1000) - 1);
      assertThat(shown.take().second()).isGreaterThan(first.second());
      assertThat(ticker.answered()).isEmpty();
    }
  }
}
