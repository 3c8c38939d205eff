package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.config.tests.Asserts.Rule;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.config.tests.Stage;
import com.soundcore.kcp.config.tests.TestShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A reader of {@code kcp.tests}. */
final class TestReader {
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final double MAX_LEVEL = 10_000_000;
  // A finer precision is noise. From 0.13 on, each step of LoadSearch would have its largest size.
  private static final double FINEST = 0.001;
  private static final double COARSEST = 0.1;
  private static final int MOST_TRIES = 12;

  private final Section tests;

  TestReader(Section kcp) {
    this.tests = kcp.section("tests");
  }

  Map<String, TestShape> read() {
    Map<String, TestShape> all = new TreeMap<>();
    tests.others().forEach((name, section) -> all.put(name, test(name, section)));
    return all;
  }

  private static TestShape test(String name, Section section) {
    Model model = section.choice("model", Model.class);
    Optional<Section> staircase =
        section.has("staircase") ? Optional.of(section.section("staircase")) : Optional.empty();
    return new TestShape(
        name,
        section.text("about"),
        model,
        section.text("workload"),
        staircase.isPresent() ? staircase(staircase.get()) : stages(section, model),
        asserts(section.section("asserts")),
        staircase.map(TestReader::search));
  }

  private static List<Stage> stages(Section test, Model model) {
    List<Section> sections = test.sections("stages");
    List<Section> both = sections.stream().filter(TestReader::isBoth).toList();
    if (!both.isEmpty()) {
      both.forEach(section -> section.problem(oneOrTheOther(sections)));
      return List.of();
    }
    List<Stage> stages = new ArrayList<>();
    double level = 0;
    for (Section section : sections) {
      if (section.has("hold")) {
        stages.add(hold(level, section.duration("hold", SECOND, LONGEST)));
      } else {
        double to = level(section, model);
        Duration over = section.duration("over", SECOND, LONGEST);
        Duration atLeast =
            section.has("at-least") ? section.duration("at-least", SECOND, over) : SECOND;
        stages.add(ramp(level, to, over, atLeast));
        level = to;
      }
    }
    if (stages.stream().noneMatch(stage -> stage.to() > 0)) {
      test.problem("stages", "never reach a level above 0; this test would send nothing");
    }
    return stages;
  }

  private static boolean isBoth(Section stage) {
    boolean ramps = stage.has("ramp-to") | stage.has("over") | stage.has("at-least");
    return stage.has("hold") && ramps;
  }

  private static String oneOrTheOther(List<Section> stages) {
    String holds =
        stages.stream()
            .filter(stage -> stage.has("hold") && !isBoth(stage))
            .map(Section::path)
            .collect(Collectors.joining(", "));
    return "is a ramp and a hold at once; must be { ramp-to = level, over = duration } or { hold ="
        + " duration }"
        + (holds.isEmpty() ? "" : ". The stages that hold are " + holds);
  }

  private static double level(Section section, Model model) {
    return switch (model) {
      case CLOSED -> section.wholeNumber("ramp-to", 0, (long) MAX_LEVEL);
      case OPEN -> section.number("ramp-to", -1, MAX_LEVEL);
    };
  }

  private static Search search(Section section) {
    return new Search(
        section.number("start", 0, MAX_LEVEL),
        section.number("step", 0, MAX_LEVEL),
        section.number("ceiling", 0, MAX_LEVEL),
        section.duration("ramp", SECOND, LONGEST),
        section.duration("hold", SECOND, LONGEST),
        section.share("precision", FINEST, COARSEST),
        section.duration("confirm", SECOND, LONGEST),
        (int) section.wholeNumber("tries", Search.fewestToProve(), MOST_TRIES),
        section.duration("recover", SECOND, LONGEST));
  }

  private static List<Stage> staircase(Section section) {
    double start = section.number("start", 0, MAX_LEVEL);
    double step = section.number("step", 0, MAX_LEVEL);
    double ceiling = section.number("ceiling", 0, MAX_LEVEL);
    Duration ramp = section.duration("ramp", SECOND, LONGEST);
    Duration hold = section.duration("hold", SECOND, LONGEST);
    if (ceiling < start) {
      section.problem(
          "ceiling", "is below the start of " + Units.plain(start) + "; must be at least that");
    }
    List<Stage> stages = new ArrayList<>();
    double level = 0;
    for (int i = 0; start + i * step <= ceiling; i++) {
      double next = start + i * step;
      stages.add(ramp(level, next, ramp, SECOND));
      stages.add(hold(next, hold));
      level = next;
    }
    return stages;
  }

  private static Stage ramp(double from, double to, Duration duration, Duration atLeast) {
    return new Stage("ramp to " + Units.plain(to), from, to, duration, atLeast);
  }

  private static Stage hold(double level, Duration duration) {
    return new Stage("hold " + Units.plain(level), level, level, duration);
  }

  private static Asserts asserts(Section section) {
    return new Asserts(
        section.has("error-rate") ? Optional.of(section.share("error-rate")) : Optional.empty(),
        PercentileReader.in(section),
        rules(section),
        section.has("holds-at-least")
            ? Optional.of(section.number("holds-at-least", 0, MAX_LEVEL))
            : Optional.empty(),
        section.has("recovers-within")
            ? Optional.of(section.duration("recovers-within", SECOND, Duration.ofHours(1)))
            : Optional.empty());
  }

  /** All rules are off by default, except that a test may stop early. */
  private static Set<Rule> rules(Section section) {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    for (Rule rule : Rule.values()) {
      String key = rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (section.has(key) ? section.flag(key) : rule == Rule.EARLY_STOP) {
        rules.add(rule);
      }
    }
    return Collections.unmodifiableSet(rules);
  }
}
