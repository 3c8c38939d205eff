package com.soundcore.kcp.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.preflight.ServiceFindings.Caveat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A detector of stubs: responses of a function that is not implemented, whose latency means
 * nothing.
 */
final class Placeholders {
  /** The number of different questions to an operation whose answers must differ. */
  static final int QUESTIONS = 4;

  /** A marker that {@link #advice} replaces by one sentence for all these operations. */
  static final String NOT_BUILT = "not built";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Placeholders() {}

  /** Returns a caveat if different questions had the same answer. */
  static Optional<Caveat> in(Operation operation, List<Answer> answers) {
    if (operation.distinct().isEmpty()) {
      return Optional.empty();
    }
    List<JsonNode> values = new ArrayList<>();
    for (Answer answer : answers) {
      values.add(value(answer, operation.distinct().get()));
    }
    boolean same =
        values.size() > 1
            && values.stream().distinct().count() == 1
            && !values.get(0).isMissingNode();
    return same
        ? Optional.of(
            caveat(
                "the same \"%s\" in the answers to %d different questions"
                    .formatted(operation.distinct().get(), values.size()),
                operation))
        : Optional.empty();
  }

  private static JsonNode value(Answer answer, String key) {
    try {
      return JSON.readTree(answer.body()).path(key);
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }

  /** Returns the advice on operations that report themselves as not implemented. */
  static String advice(List<String> operations) {
    return "Not built yet. To measure it all the same, which the verdict will say: -Dkcp.placeholders=\"%s\""
        .formatted(String.join(",", operations));
  }

  /** Returns the caveat of an operation that is allowed to be a stub. */
  static Caveat allowed(Operation operation) {
    return caveat("\"not implemented\" is accepted as an answer: kcp.placeholders", operation);
  }

  private static Caveat caveat(String note, Operation operation) {
    return new Caveat("PLACEHOLDER", note, operation.fullName());
  }
}
