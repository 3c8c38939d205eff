package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.preflight.ServiceFindings.Caveat;
import java.util.List;
import java.util.Optional;

/** A detector of caches in front of a service. A cached response costs the service nothing. */
final class CacheInFront {
  // Age is from RFC 9111, Cache-Status from RFC 9211. Varnish, nginx and common content delivery
  // networks set the others.
  private static final List<String> HEADERS =
      List.of("Cache-Status", "X-Cache", "X-Cache-Status", "CF-Cache-Status", "Age");

  // These values mean that the response was not cached and will not be.
  private static final String NEVER = "(?i).*\\b(bypass|dynamic|pass|none)\\b.*";

  private CacheInFront() {}

  /** Returns a caveat if a response names a cache. */
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
        // An age of 0 may be a fresh response.
        .filter(value -> !name.equals("Age") || !value.strip().equals("0"))
        // The value may differ in each response, so only its first word is kept.
        .map(value -> name.equals("Age") ? name : name + ": " + firstWord(value));
  }

  private static String firstWord(String value) {
    return CheckResult.shown(value.strip().split("[\\s;,]")[0]);
  }
}
