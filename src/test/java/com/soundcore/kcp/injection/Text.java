package com.soundcore.kcp.injection;

import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.config.tests.Stage;
import java.util.List;
import java.util.Locale;

/** Descriptions of plans. */
final class Text {
  private Text() {}

  /** Returns a description such as "0 → 100 users in 10 s, 1 min at 100 users". */
  static String stages(List<Stage> stages, String unit) {
    StringBuilder text = new StringBuilder();
    for (Stage stage : stages) {
      text.append(text.isEmpty() ? "" : ", ");
      String duration = Units.text(stage.duration());
      if (stage.isHold()) {
        text.append(duration).append(" at ").append(level(stage.to())).append(' ').append(unit);
      } else {
        text.append(level(stage.from())).append(" → ").append(level(stage.to()));
        text.append(' ').append(unit).append(" in ").append(duration);
      }
    }
    return text.toString();
  }

  /** Returns a level such as "10,000" or "43.5". */
  static String level(double level) {
    return level == Math.rint(level)
        ? String.format(Locale.ROOT, "%,d", (long) level)
        : String.format(Locale.ROOT, "%,.1f", level);
  }

  static String count(double count) {
    return String.format(Locale.ROOT, "%,d", Math.round(count));
  }
}
