package com.soundcore.kcp.truth.system;

import com.soundcore.kcp.truth.model.ServiceModel;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.model.Trouble.Drops;
import com.soundcore.kcp.truth.model.Trouble.ErrorEpisode;
import com.soundcore.kcp.truth.model.Trouble.Errors;
import com.soundcore.kcp.truth.model.Trouble.Hangs;
import com.soundcore.kcp.truth.model.Trouble.Outage;
import com.soundcore.kcp.truth.model.Trouble.WrongContent;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.Micros;
import java.util.List;

/** What goes wrong with single calls of a service. */
public final class Chances {
  private final Draws draws;
  private final List<Outage> outages;
  private final List<Errors> errors;
  private final List<ErrorEpisode> episodes;
  private final boolean[] inBurst;
  private final double hangs;
  private final double wrong;
  private final double drops;
  private final int retries;

  public Chances(ServiceModel model, Draws draws) {
    this.draws = draws;
    outages = of(model, Outage.class);
    errors = of(model, Errors.class);
    episodes = of(model, ErrorEpisode.class);
    inBurst = new boolean[errors.size()];
    hangs = of(model, Hangs.class).stream().mapToDouble(Hangs::share).sum();
    wrong = of(model, WrongContent.class).stream().mapToDouble(WrongContent::share).sum();
    List<Drops> dropping = of(model, Drops.class);
    drops = dropping.stream().mapToDouble(Drops::share).sum();
    retries = dropping.stream().mapToInt(Drops::retries).max().orElse(0);
  }

  static <T extends Trouble> List<T> of(ServiceModel model, Class<T> kind) {
    return model.troubles().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Whether connections are refused. */
  public boolean refuses(long now) {
    for (Outage outage : outages) {
      double second = Micros.toSeconds(now);
      if (second >= outage.fromSecond() && second < outage.toSecond()) {
        return true;
      }
    }
    return false;
  }

  public boolean hangs() {
    return draws.chance(hangs);
  }

  public boolean drops() {
    return draws.chance(drops);
  }

  /** How often a call that is dropped is sent again. */
  public int retries() {
    return retries;
  }

  public boolean hasWrongContent() {
    return draws.chance(wrong);
  }

  /** Whether the next answer is an error. */
  public boolean fails(String operation, long now) {
    boolean fails = false;
    for (ErrorEpisode episode : episodes) {
      double second = Micros.toSeconds(now);
      double length = episode.toSecond() - episode.fromSecond();
      double part = (second - episode.fromSecond()) / length;
      boolean hit =
          episode.operation().equals(Trouble.ALL) || episode.operation().equals(operation);
      if (hit && part >= 0 && part < 1) {
        fails |= draws.chance(episode.shareAtFirst() * (1 - part) + episode.shareAtLast() * part);
      }
    }
    for (int i = 0; i < inBurst.length; i++) {
      fails |= fails(i);
    }
    return fails;
  }

  /** Gilbert's model: from answer to answer a burst begins, goes on or ends by chance. */
  private boolean fails(int which) {
    Errors trouble = errors.get(which);
    if (trouble.meanBurst() <= 1) {
      return draws.chance(trouble.share());
    }
    double begins = trouble.share() / (1 - trouble.share()) / trouble.meanBurst();
    inBurst[which] = draws.chance(inBurst[which] ? 1 - 1 / trouble.meanBurst() : begins);
    return inBurst[which];
  }
}
