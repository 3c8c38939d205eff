package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.LatencyBlocks.Block;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyBlocksTest {
  private static final int RAMP = 2;
  private static final int END = 13;

  @TempDir private Path path;
  private int origin = 400;

  /** In each second a call of "me" takes as many ms as seconds have passed, and it fails in 5. */
  private Map<String, List<Block>> blocks(int settleSeconds, int most) {
    RunFolder folder = new RunFolder(path);
    LogHeader header = new LogHeader("Spike", 0, List.of("mixed"));
    try (LogWriter log = new LogWriter(folder.log(), LogReader.VERSION, header)) {
      log.user(0, true, origin);
      log.user(0, true, origin + 500);
      log.error("never sent", origin + 3000);
      for (int second = 0; second <= END; second++) {
        int at = origin + 1000 * second;
        log.request("auth", "me", at, at + second, second != 5, second == 5 ? "wrong" : "");
      }
      log.request("auth", "login", origin + 5999, origin + 6099, true, "");
    }
    List<Phase> phases =
        List.of(
            new Phase("ramp", 0, RAMP, false, 0, 0, Map.of()),
            new Phase("hold", RAMP, END, true, 0, 0, Map.of()));
    RunMetadata facts =
        new RunMetadata(RunSetup.builder().build(), Map.of(), phases, 0, 0, RunEnd.NOT_YET);
    return LatencyBlocks.read(folder, facts, settleSeconds, most);
  }

  @Test
  void steadySecondsAreCutIntoBlocksAndAShortRestIsLeftOut() {
    // Ten steady seconds from 3 to 12 in blocks of three: the last second is a rest.
    Map<String, List<Block>> blocks = blocks(1, 4);
    assertThat(blocks).containsOnlyKeys("auth", "auth / me", "auth / login");
    List<Block> me = blocks.get("auth / me");
    assertThat(me).extracting(Block::requests).containsExactly(3L, 3L, 3L);
    assertThat(me)
        .extracting(block -> block.percentile(Percentile.P50))
        .containsExactly(4., 7., 10.);
    assertThat(me)
        .extracting(block -> block.percentile(Percentile.P99))
        .containsExactly(5., 8., 11.);
    assertThat(me).extracting(Block::errorRate).containsExactly(1 / 3., 0., 0.);
    assertThat(blocks.get("auth")).extracting(Block::requests).containsExactly(4L, 3L, 3L);
    assertThat(blocks.get("auth / login")).extracting(Block::requests).containsExactly(1L, 0L, 0L);
    assertThat(blocks.get("auth / login").get(0).percentile(Percentile.P50)).isEqualTo(100);
    assertThat(blocks.get("auth / login").get(1).errorRate()).isNaN();
  }

  @Test
  void aLoadThatBeginsWithItsLogIsNotShiftedByItsSecondUser() {
    origin = 0;
    assertThat(blocks(1, 4).get("auth / me"))
        .extracting(block -> block.percentile(Percentile.P50))
        .containsExactly(4., 7., 10.);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 10", "2, 2, 5", "5, 5, 2", "9, 5, 2", "10, 10, 1", "11, 10, 1", "99, 10, 1"})
  void thereAreAtMostAsManyBlocksAsAllowedAndEachIsAtLeastASecond(
      int most, int count, long seconds) {
    List<Block> me = blocks(1, most).get("auth / me");
    assertThat(me).hasSize(count);
    assertThat(me).extracting(Block::requests).containsOnly(seconds);
  }

  @Test
  void aRunWithoutSteadySecondsHasNoBlocks() {
    assertThat(blocks(END, 4)).isEmpty();
  }

  @Test
  void operationsOfOneNameBelongToTheirOwnServices() {
    RunFolder folder = new RunFolder(path);
    LogHeader header = new LogHeader("Spike", 0, List.of("mixed"));
    try (LogWriter log = new LogWriter(folder.log(), LogReader.VERSION, header)) {
      log.user(0, true, 0);
      log.request("auth", "me", 100, 104, true, "");
      log.request("content", "me", 200, 209, true, "");
    }
    List<Phase> phases = List.of(new Phase("hold", 0, 1, true, 0, 0, Map.of()));
    RunMetadata facts =
        new RunMetadata(RunSetup.builder().build(), Map.of(), phases, 0, 0, RunEnd.NOT_YET);
    Map<String, List<Block>> blocks = LatencyBlocks.read(folder, facts, 0, 1);
    assertThat(blocks).containsOnlyKeys("auth", "auth / me", "content", "content / me");
    assertThat(blocks.get("auth").get(0).percentile(Percentile.P99)).isEqualTo(4);
    assertThat(blocks.get("content / me").get(0).percentile(Percentile.P99)).isEqualTo(9);
  }

  @Test
  void blocksAreAdded() {
    List<Block> me = blocks(1, 4).get("auth / me");
    Block sum = new Block();
    sum.add(me.get(0));
    sum.add(me.get(1));
    assertThat(sum.requests()).isEqualTo(6);
    assertThat(sum.errorRate()).isEqualTo(1 / 6.);
    assertThat(sum.percentile(new Percentile(100))).isEqualTo(8);
  }
}
