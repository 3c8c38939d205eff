package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Workload;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.preflight.ServiceFindings.Caveat;
import com.soundcore.kcp.preflight.ServiceFindings.Seen;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.workload.Catalog;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The checks of the services before any load: health, representative data, and a correct response
 * from every operation. All services are checked concurrently, within a time limit.
 */
public final class Preflight {
  private final KcpConfig config;
  private final Map<String, ServiceFeeder> feeders;
  private final Catalog catalog;
  private final Http http;

  /**
   * @param feeders by service; they create the calls
   * @param catalog receives the ids of the rows
   */
  public Preflight(
      KcpConfig config, Map<String, ServiceFeeder> feeders, Catalog catalog, Http http) {
    this.config = config;
    this.feeders = feeders;
    this.catalog = catalog;
    this.http = http;
  }

  /**
   * The result of a preflight that passed.
   *
   * @param checks the results, all passed
   * @param caveats sentences that qualify a verdict on this system
   * @param rows the row count of each collection, such as "knowledge items", without rows of load
   *     tests
   * @param builds the build of each service that reports it
   * @param limits the rate limit of each service that reports one
   */
  public record Found(
      List<CheckResult> checks,
      List<String> caveats,
      Map<String, Long> rows,
      Map<String, String> builds,
      Map<String, RateLimit> limits) {}

  /** Checks the services for a workload without starting a run. */
  public static Found of(KcpConfig config, Http http, Workload workload) {
    Catalog catalog = new Catalog();
    Map<String, ServiceFeeder> feeders = ServiceFeeder.all(config, catalog, "kcp-preflight");
    return new Preflight(config, feeders, catalog, http).check(TrafficMix.of(config, workload));
  }

  /**
   * Checks every operation in the mix.
   *
   * @throws Refusal if a check fails, with a table of all failed checks and advice
   */
  public Found check(TrafficMix mix) {
    Map<String, Seen> seen = new LinkedHashMap<>();
    SharedPages pages = new SharedPages(http);
    ExecutorService threads = Executors.newFixedThreadPool(mix.parts().size(), Preflight::daemon);
    try {
      List<ServiceCheck> checks =
          mix.parts().stream()
              .map(part -> new ServiceCheck(config, part, feeders, catalog, http, pages))
              .toList();
      long limit = config.preflight().totalTimeout().toMillis();
      List<Future<Seen>> results = threads.invokeAll(checks, limit, TimeUnit.MILLISECONDS);
      for (int i = 0; i < results.size(); i++) {
        Service service = mix.parts().get(i).service();
        seen.put(service.name(), seen(results.get(i), service, limit));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("The preflight was interrupted. No load was sent.");
    } finally {
      threads.shutdownNow();
    }
    refuseWhereWrong(seen.values().stream().flatMap(one -> one.checks().stream()).toList());
    return found(mix, seen);
  }

  private Found found(TrafficMix mix, Map<String, Seen> seen) {
    List<CheckResult> checks = new ArrayList<>();
    List<Caveat> caveats = new ArrayList<>();
    Map<String, Long> rows = new TreeMap<>();
    Map<String, String> builds = new TreeMap<>();
    Map<String, RateLimit> limits = new TreeMap<>();
    seen.forEach(
        (service, one) -> {
          checks.addAll(one.checks());
          caveats.addAll(one.caveats());
          rows.putAll(one.rows());
          one.build().ifPresent(text -> builds.put(service, text));
          one.rateLimit().ifPresent(limit -> limits.put(service, limit));
        });
    mix.all().stream()
        .filter(operation -> config.run().placeholders().contains(operation.fullName()))
        .forEach(operation -> caveats.add(Placeholders.allowed(operation)));
    return new Found(checks, Caveat.sentences(caveats), rows, builds, limits);
  }

  private Seen seen(Future<Seen> result, Service service, long limit) throws InterruptedException {
    try {
      return result.get();
    } catch (CancellationException e) {
      return unfinished(
          service,
          "not finished within " + limit + " ms",
          "It answers too slowly for the number of checks: read its log, or allow more"
              + " (-Dkcp.preflight.total-timeout=60s).");
    } catch (ExecutionException e) {
      return unfinished(service, String.valueOf(e.getCause()), "");
    }
  }

  private Seen unfinished(Service service, String received, String advice) {
    String base = config.environment().urls().get(service.name()).toString();
    CheckResult check =
        new CheckResult(service.name(), "all", base, "answers", received, false, advice);
    return new Seen(List.of(check), List.of(), Map.of(), Optional.empty(), Optional.empty());
  }

  private void refuseWhereWrong(List<CheckResult> checks) {
    List<CheckResult> wrong = checks.stream().filter(check -> !check.passed()).toList();
    if (!wrong.isEmpty()) {
      throw new Refusal(
          "Preflight of %s: %d of %d checks failed. No load was sent.\n\n%s%s"
              .formatted(
                  config.environment().name(),
                  wrong.size(),
                  checks.size(),
                  CheckTable.of(wrong),
                  advice(wrong)));
    }
  }

  /** Each advice appears once, with the checks that it would fix. */
  private static String advice(List<CheckResult> wrong) {
    Map<String, List<String>> checks = new LinkedHashMap<>();
    wrong.stream()
        .filter(check -> !check.advice().isEmpty())
        .forEach(
            check ->
                checks
                    .computeIfAbsent(check.advice(), advice -> new ArrayList<>())
                    .add(check.subject() + " / " + check.check()));
    StringBuilder text = new StringBuilder(checks.isEmpty() ? "" : "\n\nWhat to do");
    checks.forEach(
        (advice, of) ->
            text.append("\n  ")
                .append(String.join(", ", of))
                .append(": ")
                .append(advice.equals(Placeholders.NOT_BUILT) ? Placeholders.advice(of) : advice));
    return text.toString();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "preflight");
    thread.setDaemon(true);
    return thread;
  }
}
