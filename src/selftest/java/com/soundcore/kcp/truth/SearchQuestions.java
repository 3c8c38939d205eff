package com.soundcore.kcp.truth;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.truth.search.Limits;
import com.soundcore.kcp.truth.search.SearchedSystem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Does the answer of its search have the limit in it, and is it narrow? */
final class SearchQuestions {
  private static final KcpConfig CONFIG = Bench.config("kcp.load-scale", "0.02");
  // All questions of a kind are asked of the same searches.
  private static final Map<String, SearchedSystem> SEARCHED = new ConcurrentHashMap<>();
  private static final double HALF = 0.5;
  private static final double ABOVE = 0.03;

  private SearchQuestions() {}

  static List<Question> all() {
    return Stream.of(Limits.values()).flatMap(SearchQuestions::of).toList();
  }

  private static Stream<Question> of(Limits kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    double width = kind == Limits.BISTABLE ? 0.15 : 0.08;
    return Stream.of(
        question(
            "the search's interval misses the limit: " + name,
            0.05,
            kind,
            SearchedSystem::isCovered),
        question(
            "a level proved that is 3 % above the limit: " + name,
            0.02,
            kind,
            found -> !found.heldAt(ABOVE)),
        question(
            "the search's interval is wider than %.0f %%: %s".formatted(width * 100, name),
            HALF,
            kind,
            found -> found.width() <= width));
  }

  private static Question question(
      String name, double mayBeWrong, Limits kind, Predicate<SearchedSystem> right) {
    return new Question(
        name,
        mayBeWrong,
        (seed, folder) -> {
          SearchedSystem found =
              SEARCHED.computeIfAbsent(kind.name() + seed, key -> searched(kind, seed));
          return Answer.of(right.test(found), found.toString());
        });
  }

  private static SearchedSystem searched(Limits kind, long seed) {
    return SearchedSystem.of(
        kind, CONFIG, CONFIG.searchOf(CONFIG.tests().get("breakpoint")).orElseThrow(), seed);
  }
}
