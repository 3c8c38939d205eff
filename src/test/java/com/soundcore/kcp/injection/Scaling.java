package com.soundcore.kcp.injection;

import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Stage;
import java.time.Duration;
import java.util.List;

/**
 * The factors that shorten and lighten a test.
 *
 * <p>Gatling counts load in whole seconds. A scaled stage is therefore rounded to the nearest
 * second, but not below its configured minimum: a cold JVM needs its warm-up even in a short test.
 * Users are also whole numbers, and a level with users keeps at least one.
 *
 * @param time the factor for durations; above 0
 * @param load the factor for levels; above 0
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
