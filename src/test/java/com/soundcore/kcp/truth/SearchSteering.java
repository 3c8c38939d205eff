package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Search;
import com.soundcore.kcp.injection.Admission;
import com.soundcore.kcp.live.LoadSearch;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunFacts.Phase;
import com.soundcore.kcp.result.RunFacts.SearchRecord;
import com.soundcore.kcp.verdict.CallCounts;
import com.soundcore.kcp.verdict.LevelRules;
import java.util.List;
import java.util.Optional;

/** The suite's own search at the wheel. */
final class SearchSteering implements Steering {
  private final KcpConfig config;
  private final Search search;
  private final Admission admission = new Admission();
  private LoadSearch running;

  /**
   * @param search scaled
   */
  SearchSteering(KcpConfig config, Search search) {
    this.config = config;
    this.search = search;
  }

  @Override
  public void begins(RunFacts planned, CallCounts counts) {
    running =
        new LoadSearch(
            search,
            admission,
            LevelRules.of(config, planned.operations().keySet()),
            counts,
            planned);
  }

  @Override
  public Next first() {
    return Next.share(admission.share());
  }

  @Override
  public Next after(Live second) {
    running.secondEnded(second.second());
    return running.isDone() ? Next.DONE : Next.share(admission.share());
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
