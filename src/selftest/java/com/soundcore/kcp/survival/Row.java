package com.soundcore.kcp.survival;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event, and what is expected of the suite.
 *
 * @param needs a shell command that fails where the event cannot be made; empty for none
 * @param before the command that starts the run, such as one that limits it; it knows $CHECKOUT;
 *     empty for none
 * @param folder of the run, below one of its own
 * @param answers what one service answers from the event on; empty for a system of the run's own
 * @param when the event comes once the run has printed this; empty for a run that begins with it
 * @param event a shell command; it knows $RUN, $BACKEND, $FOLDER, $WORK, $CHECKOUT and $AGAIN
 * @param expected of the run
 * @param afterwards a shell command once the run has ended; it knows the same and $KCP
 * @param then expected of that command
 * @param keeps files of the run's folder that must be there at the end
 */
record Row(
    String group,
    String name,
    String needs,
    List<String> before,
    String folder,
    String simulation,
    Map<String, String> properties,
    Map<String, String> environment,
    Optional<JsonNode> answers,
    String when,
    String event,
    Expected expected,
    String afterwards,
    Expected then,
    List<String> keeps) {

  /**
   * What a command must do.
   *
   * @param exits one of these exit codes
   * @param says each of these regular expressions
   * @param never none of these
   */
  record Expected(List<Integer> exits, List<String> says, List<String> never) {
    static Expected of(JsonNode node) {
      List<Integer> exits = new ArrayList<>();
      node.path("exit").forEach(code -> exits.add(code.asInt()));
      return new Expected(exits, texts(node.path("says")), texts(node.path("never")));
    }
  }

  static Row of(JsonNode row, JsonNode shapes) {
    JsonNode shape = shapes.path(row.path("shape").asText("short"));
    Map<String, String> properties = values(shape.path("properties"));
    properties.putAll(values(row.path("properties")));
    return new Row(
        row.path("group").asText(),
        row.path("name").asText(),
        row.path("needs").asText(),
        texts(row.path("before")),
        row.path("folder").asText(),
        row.path("simulation").asText(shape.path("simulation").asText()),
        properties,
        values(row.path("environment")),
        row.has("answers") ? Optional.of(row.path("answers")) : Optional.empty(),
        row.path("when").asText(),
        row.path("event").asText(),
        Expected.of(row),
        row.path("afterwards").asText(),
        Expected.of(row.path("then")),
        texts(row.path("keeps")));
  }

  @Override
  public String toString() {
    return name;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Map<String, String> values(JsonNode node) {
    Map<String, String> values = new LinkedHashMap<>();
    node.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
    return values;
  }
}
