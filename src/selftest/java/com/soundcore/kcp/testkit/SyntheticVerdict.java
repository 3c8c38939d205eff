package com.soundcore.kcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.Verdict;

/** The verdict on a run that was written to order. */
public final class SyntheticVerdict {
  private SyntheticVerdict() {}

  public static Verdict of(RunFolder folder) {
    RunMetadata facts = folder.facts();
    int settle = (int) SyntheticRun.CONFIG.gates().settle().toSeconds();
    return Judge.judge(
        SyntheticRun.CONFIG,
        facts,
        RunModelBuilder.read(folder, facts, settle, Judge.limits(SyntheticRun.CONFIG, facts)));
  }

  public static void assertOutcome(Verdict verdict, Status status, String... sentences) {
    assertThat(verdict.status()).as(verdict.reasons().toString()).isEqualTo(status);
    assertThat(verdict.reasons()).contains(sentences);
  }
}
