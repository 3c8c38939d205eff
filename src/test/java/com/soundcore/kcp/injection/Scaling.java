package com.soundcore.kcp.injection;

import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Stage;
import java.time.Duration;
import java.util.List;

/**
 * Shortens and lightens a test.
 *
 * <p>Gatling counts load in whole seconds, so stages do too: a scaled stage is rounded to the
 * nearest second and never shorter than one, nor than it says itself: a cold JVM takes its time to
 * warm up, however short the test. Users are whole as well, and a level that had some keeps at
 * least one.
 *
 * @param time multiplies durations; above 0
 * @param load multiplies levels; above 0
 */
record Scaling(double time, double load) {

  List<Stage> of(List<Stage> stages, Model model) {
    return stages.stream()
        .map(
            stage -> {
              double from = level(stage.from(), model);
              double to = level(stage.to(), model);
              String name = (stage.isHold() ? "hold " : "ramp to ") + Text.level(to);
              return new Stage(name, from, to, duration(stage));
            })
        .toList();
  }

  private Duration duration(Stage stage) {
    long scaled = Math.round(stage.duration().toMillis() / 1000.0 * time);
    return Duration.ofSeconds(Math.max(stage.atLeast().toSeconds(), scaled));
  }

  private double level(double level, Model model) {
    return switch (model) {
      case CLOSED -> level == 0 ? 0 : Math.max(1, Math.round(level * load));
      case OPEN -> level * load;
    };
  }
}
