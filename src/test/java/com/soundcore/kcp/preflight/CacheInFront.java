package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.preflight.ServiceFindings.Caveat;
import java.util.List;
import java.util.Optional;

/** Notices a cache in front of a service: what it answers costs the service nothing. */
final class CacheInFront {
  // Age is HTTP's own (RFC 9111), Cache-Status its successor (RFC 9211); the others are those of
  // Varnish, nginx and common content delivery networks.
  private static final List<String> HEADERS =
      List.of("Cache-Status", "X-Cache", "X-Cache-Status", "CF-Cache-Status", "Age");

  // A network that says so has not kept the answer, and never will.
  private static final String NEVER = "(?i).*\\b(bypass|dynamic|pass|none)\\b.*";

  private CacheInFront() {}

  /** The caveat, where an answer names a cache. */
  static Optional<Caveat> of(Operation operation, List<Answer> answers) {
    return answers.stream()
        .flatMap(answer -> HEADERS.stream().flatMap(name -> header(answer, name).stream()))
        .findFirst()
        .map(
            header ->
                new Caveat(
                    "CACHED",
                    "a cache in front answers with %s: it may answer in the service's place"
                        .formatted(header),
                    operation.fullName()));
  }

  private static Optional<String> header(Answer answer, String name) {
    return answer
        .header(name)
        .filter(value -> !value.matches(NEVER))
        // Of an answer that was just made the age says nothing.
        .filter(value -> !name.equals("Age") || !value.strip().equals("0"))
        // The value may differ with each answer: its kind is what matters.
        .map(value -> name.equals("Age") ? name : name + ": " + firstWord(value));
  }

  private static String firstWord(String value) {
    return CheckResult.shown(value.strip().split("[\\s;,]")[0]);
  }
}
