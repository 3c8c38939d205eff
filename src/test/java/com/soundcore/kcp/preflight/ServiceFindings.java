package com.soundcore.kcp.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.openapi.ApiDocument;
import com.soundcore.kcp.openapi.BodyCheck;
import com.soundcore.kcp.workload.DrawnCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The findings of the preflight about one service, collected during the checks. Not thread-safe.
 */
final class ServiceFindings {
  /** The prefix of a collection's check. */
  static final String DATA = "data: ";

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\d .,:-]{1,300}");

  private final String service;
  private final Advice advice;
  private final List<CheckResult> checks = new ArrayList<>();
  private final List<Caveat> caveats = new ArrayList<>();
  private final Map<String, Long> rows = new TreeMap<>();
  private final Map<String, List<JsonNode>> known = new TreeMap<>();
  private Optional<ApiDocument> described = Optional.empty();
  private Optional<String> build = Optional.empty();
  private Optional<RateLimit> rateLimit = Optional.empty();

  ServiceFindings(String service, Advice advice) {
    this.service = service;
    this.advice = advice;
  }

  /** The complete findings about a service. */
  record Seen(
      List<CheckResult> checks,
      List<Caveat> caveats,
      Map<String, Long> rows,
      Optional<String> build,
      Optional<RateLimit> rateLimit) {}

  /**
   * A fact that qualifies a verdict on this system.
   *
   * @param kind the kind in capitals, such as {@code DEVELOPMENT}
   * @param note the fact, and why it matters
   * @param subject the service or operation concerned
   */
  record Caveat(String kind, String note, String subject) {

    /** Returns one sentence for each kind and note, with all its subjects. */
    static List<String> sentences(List<Caveat> caveats) {
      Map<Caveat, TreeSet<String>> subjects = new LinkedHashMap<>();
      for (Caveat caveat : caveats) {
        subjects
            .computeIfAbsent(new Caveat(caveat.kind, caveat.note, ""), any -> new TreeSet<>())
            .add(caveat.subject);
      }
      return subjects.entrySet().stream()
          .map(
              entry ->
                  "%s: %s (%s)"
                      .formatted(
                          entry.getKey().kind,
                          String.join(", ", entry.getValue()),
                          entry.getKey().note))
          .toList();
    }
  }

  Seen seen() {
    return new Seen(List.copyOf(checks), List.copyOf(caveats), Map.copyOf(rows), build, rateLimit);
  }

  void add(CheckResult check) {
    checks.add(check);
  }

  void caveat(Caveat caveat) {
    caveats.add(caveat);
  }

  void rows(String collection, long count) {
    rows.put(service + " " + collection, count);
  }

  /** Remembers an existing row. */
  void known(String collection, JsonNode row) {
    known.computeIfAbsent(collection, name -> new ArrayList<>()).add(row);
  }

  /**
   * Returns the longest text of this key among the published rows of a collection, which is the
   * least likely to be part of another. Texts with characters that a search may interpret are
   * excluded.
   */
  Optional<String> known(String collection, String key) {
    return known.getOrDefault(collection, List.of()).stream()
        .filter(row -> row.path("status").asText("published").equals("published"))
        .map(row -> row.path(key).asText(""))
        .filter(text -> PLAIN.matcher(text).matches())
        .max(Comparator.comparingInt(String::length));
  }

  void described(Optional<ApiDocument> api) {
    described = api;
  }

  void build(String text) {
    build = Optional.of(text);
  }

  /** Checks the status and content of a response; returns whether both are as expected. */
  boolean answered(String check, String sent, int status, List<String> contains, Answer answer) {
    String asked =
        check.startsWith(DATA)
            ? "kcp.api.%s.collect.%s".formatted(service, check.substring(DATA.length()))
            : "kcp.health";
    return answered(
        check, sent, status, contains, answer, asked, Optional.empty(), Optional.empty());
  }

  /** Checks the response to an operation's call; returns whether it passed. */
  boolean answered(DrawnCall call, List<String> contains, Answer answer) {
    Operation operation = call.operation();
    Optional<String> wrongBody = wrongBody(call);
    boolean passed =
        answered(
            operation.name(),
            operation.method() + " " + call.url(),
            operation.status(),
            contains,
            answer,
            "kcp.api.%s.operations.%s".formatted(service, operation.name()),
            Optional.of(operation),
            wrongBody);
    if (passed && wrongBody.isPresent()) {
      caveat(
          new Caveat(
              "SCHEMA",
              "accepted, though its /openapi.json asks for another body: " + wrongBody.get(),
              operation.fullName()));
    }
    return passed;
  }

  private Optional<String> wrongBody(DrawnCall call) {
    Operation operation = call.operation();
    return call.body() == null
        ? Optional.empty()
        : described.flatMap(
            api ->
                api.route(operation.method(), operation.path())
                    .flatMap(route -> BodyCheck.wrong(api, route, call.body())));
  }

  private boolean answered(
      String check,
      String sent,
      int status,
      List<String> contains,
      Answer answer,
      String asked,
      Optional<Operation> operation,
      Optional<String> wrongBody) {
    rateLimit = rateLimit.or(() -> RateLimit.of(answer));
    List<String> missing =
        contains.stream().filter(piece -> !answer.body().contains(piece)).toList();
    boolean passed = answer.status() == status && missing.isEmpty();
    String pieces = contains.isEmpty() ? "" : " with " + String.join(", ", contains);
    String came = answer.status() == 0 ? "" : answer.status() + " ";
    checks.add(
        new CheckResult(
            service,
            check,
            sent,
            status + pieces,
            came + answer.body(),
            passed,
            passed ? "" : advice.on(answer, asked, operation, missing, described, wrongBody)));
    return passed;
  }
}
