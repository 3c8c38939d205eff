package com.soundcore.kcp.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.Environment.Page;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.workload.Catalog;
import com.soundcore.kcp.workload.DrawnCall;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The preflight of one service: health, then data, then each operation in the mix. */
final class ServiceCheck implements Callable<ServiceFindings.Seen> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DRAWS = 50;

  private final KcpConfig config;
  private final TrafficMix.Part part;
  private final Service service;
  private final ServiceFeeder feeder;
  private final Catalog catalog;
  private final Http http;
  private final SharedPages pages;
  private final String baseUrl;
  private final ServiceFindings findings;
  private final Map<String, String> saved = new HashMap<>();

  ServiceCheck(
      KcpConfig config,
      TrafficMix.Part part,
      Map<String, ServiceFeeder> feeders,
      Catalog catalog,
      Http http,
      SharedPages pages) {
    this.config = config;
    this.part = part;
    this.service = part.service();
    this.feeder = feeders.get(service.name());
    this.catalog = catalog;
    this.http = http;
    this.pages = pages;
    this.baseUrl = config.environment().urls().get(service.name()).toString();
    Advice advice =
        new Advice(
            service.name(),
            config.environment().name(),
            http.token(),
            baseUrl.startsWith("https:"));
    this.findings = new ServiceFindings(service.name(), advice);
  }

  @Override
  public ServiceFindings.Seen call() {
    if (isHealthy()) {
      new SelfDescription(config, pages, baseUrl).read(service.name(), findings);
      DataCheck data = new DataCheck(service, baseUrl, catalog, http, findings);
      if (data.passes(config.environment().name())) {
        // Operations that use no saved values go first, because they save what others use.
        part.operations().stream()
            .sorted(Comparator.comparing(name -> service.operations().get(name).usesSaved()))
            .forEach(this::operation);
      }
    }
    return findings.seen();
  }

  private boolean isHealthy() {
    Optional<String> page = page(Page.HEALTH, config.health().path());
    if (page(Page.METRICS, config.monitoring().path()).isEmpty()) {
      missing("no metrics page: nothing is known of its process");
    }
    if (page.isEmpty()) {
      missing("no health page: only its operations show that it is up");
      return true;
    }
    String url = page.get();
    Answer answer = pages.get(url);
    return findings.answered("health", "GET " + url, 200, config.health().contains(), answer)
        && isItself(url, answer);
  }

  private Optional<String> page(Page page, String usual) {
    return config.environment().page(service.name(), page, usual);
  }

  private void missing(String note) {
    findings.caveat(new ServiceFindings.Caveat("GATEWAY", note, service.name()));
  }

  private static JsonNode parsed(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }

  /**
   * Two services with swapped URLs are both healthy. A gateway may have one health page for all.
   */
  private boolean isItself(String url, Answer answer) {
    String says = parsed(answer).path("service").asText("");
    boolean shared =
        config.environment().urls().keySet().stream()
                .map(name -> config.environment().page(name, Page.HEALTH, config.health().path()))
                .filter(other -> other.equals(Optional.of(url)))
                .count()
            > 1;
    Optional<String> other =
        config.allServices().keySet().stream()
            .filter(name -> !shared && !says.startsWith(service.name()) && says.startsWith(name))
            .findFirst();
    other.ifPresent(
        name ->
            findings.add(
                new CheckResult(
                    service.name(),
                    "health",
                    "GET " + url,
                    "the service " + service.name(),
                    "200 " + answer.body(),
                    false,
                    "It is %s: are two URLs swapped in kcp.environment.urls (conf/environments/%s.conf)?"
                        .formatted(name, config.environment().name()))));
    return other.isEmpty();
  }

  private void operation(String name) {
    Operation operation = service.operations().get(name);
    List<Answer> answers = new ArrayList<>();
    for (DrawnCall drawn : calls(operation)) {
      DrawnCall call = drawn.with(saved);
      Answer answer = answer(call);
      if (!isRight(call, answer)) {
        return;
      }
      answers.add(answer);
      if (!isSaved(call, answer)) {
        return;
      }
    }
    Placeholders.in(operation, answers).ifPresent(findings::caveat);
    CacheInFront.of(operation, answers).ifPresent(findings::caveat);
    operation.finds().ifPresent(finds -> mustFind(operation, finds));
  }

  private Answer answer(DrawnCall call) {
    Operation operation = call.operation();
    return http.call(
        operation.method(),
        call.url(),
        call.body(),
        operation.exchange().mediaType(),
        call.headers());
  }

  /** A search that cannot find existing rows is fast, and its latency means nothing. */
  private void mustFind(Operation operation, Operation.Finds finds) {
    Optional<String> known = findings.known(finds.collection(), finds.key());
    if (known.isPresent()) {
      DrawnCall call = feeder.with(operation.name(), finds.value(), known.get()).with(saved);
      Answer answer = answer(call);
      // Compares the key's values only, because the response may repeat the search text.
      boolean found = parsed(answer).findValuesAsText(finds.key()).contains(known.get());
      findings.add(
          new CheckResult(
              service.name(),
              operation.name() + ": what is there",
              operation.method() + " " + call.url(),
              "finds \"%s\"".formatted(known.get()),
              answer.status() + " " + answer.body(),
              answer.status() == operation.status() && found,
              "A row of that %s was listed a moment ago, and %s does not find it: is its index complete? If it need not be found, remove kcp.api.%s.operations.%s.finds."
                  .formatted(finds.key(), operation.name(), service.name(), operation.name())));
    }
  }

  /**
   * Covers every value of a short list, and asks different questions if their answers must differ.
   */
  private List<DrawnCall> calls(Operation operation) {
    List<DrawnCall> calls =
        new ArrayList<>(feeder.covering(operation.name(), config.preflight().everyValueUpTo()));
    if (operation.distinct().isPresent()) {
      // The feeder draws popular questions repeatedly, so several draws may be needed.
      for (int i = 0; i < DRAWS && calls.size() < Placeholders.QUESTIONS; i++) {
        DrawnCall call = feeder.next(operation.name());
        if (calls.stream().noneMatch(other -> isSame(other, call))) {
          calls.add(call);
        }
      }
    }
    return calls;
  }

  private static boolean isSame(DrawnCall one, DrawnCall other) {
    return one.url().equals(other.url())
        && String.valueOf(one.body()).equals(String.valueOf(other.body()));
  }

  /** Saves the values that later calls use. A missing value fails the check. */
  private boolean isSaved(DrawnCall call, Answer answer) {
    Operation operation = call.operation();
    Optional<String> missing = call.save(answer.body(), answer.headers()::allValues);
    saved.putAll(call.saved());
    boolean placeholder =
        operation.mayBePlaceholder() && !operation.placeholderIn(answer.body()).isEmpty();
    if (missing.isEmpty() || placeholder) {
      return true;
    }
    findings.add(
        new CheckResult(
            service.name(),
            operation.name(),
            operation.method() + " " + call.url(),
            "an answer with what saves.%s names".formatted(missing.get()),
            answer.status() + " " + answer.body(),
            false,
            "Calls that follow use {saved.%s}: write where it is into kcp.api.%s.operations.%s.saves.%s."
                .formatted(missing.get(), service.name(), operation.name(), missing.get())));
    return false;
  }

  private boolean isRight(DrawnCall call, Answer answer) {
    Operation operation = call.operation();
    String sent = operation.method() + " " + call.url();
    String error = answer.status() == operation.status() ? operation.errorIn(answer.body()) : "";
    if (!error.isEmpty()) {
      findings.add(
          new CheckResult(
              service.name(),
              operation.name(),
              sent,
              "an answer without " + error,
              answer.status() + " " + answer.body(),
              false,
              "It is an error under a status that says success. If it is right, name it in kcp.api.%s.operations.%s.contains."
                  .formatted(service.name(), operation.name())));
      return false;
    }
    List<String> placeholder = operation.placeholderIn(answer.body());
    if (!placeholder.isEmpty() && operation.mayBePlaceholder()) {
      return findings.answered(call, List.of(), answer);
    }
    if (!placeholder.isEmpty()) {
      findings.add(
          new CheckResult(
              service.name(),
              operation.name(),
              sent,
              "an answer without " + String.join(", ", placeholder),
              answer.status() + " " + answer.body(),
              false,
              Placeholders.NOT_BUILT));
      return false;
    }
    return findings.answered(call, call.contains(), answer);
  }
}
