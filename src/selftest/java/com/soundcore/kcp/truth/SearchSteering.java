package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.injection.ArrivalThinning;
import com.soundcore.kcp.injection.LoadSearch;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.truth.generator.Steering;
import com.soundcore.kcp.verdict.level.CallCounts;
import com.soundcore.kcp.verdict.level.LevelRules;
import java.util.List;
import java.util.Optional;

/** The suite's own search at the wheel. */
final class SearchSteering implements Steering {
  private final KcpConfig config;
  private final Search search;
  private final ArrivalThinning thinning = new ArrivalThinning();
  private LoadSearch running;

  /**
   * @param search scaled
   */
  SearchSteering(KcpConfig config, Search search) {
    this.config = config;
    this.search = search;
  }

  @Override
  public void begins(RunMetadata planned, CallCounts counts) {
    running =
        new LoadSearch(
            search,
            thinning,
            LevelRules.of(config, planned.operations().keySet()),
            counts,
            planned);
  }

  @Override
  public Next first() {
    return Next.share(thinning.share());
  }

  @Override
  public Next after(Live second) {
    running.secondEnded(second.second());
    return running.isDone() ? Next.DONE : Next.share(thinning.share());
  }

  @Override
  public Optional<List<Phase>> phases() {
    return Optional.of(running.phases());
  }

  @Override
  public Optional<SearchRecord> searched() {
    return Optional.of(running.record());
  }
}
