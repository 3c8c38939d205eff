package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Workload;
import com.soundcore.kcp.workload.Catalog;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The checks before any load: is every service up, is its data representative, does every operation
 * answer as it should. All services at once, within a time limit.
 */
public final class Preflight {
  private final KcpConfig config;
  private final Map<String, ServiceFeeder> feeders;
  private final Catalog catalog;
  private final Http http;

  /**
   * @param feeders by service; they make the calls
   * @param catalog gets the ids that are found
   */
  public Preflight(
      KcpConfig config, Map<String, ServiceFeeder> feeders, Catalog catalog, Http http) {
    this.config = config;
    this.feeders = feeders;
    this.catalog = catalog;
    this.http = http;
  }

  /** The checks of a workload on their own, without a run. */
  public static List<CheckResult> of(KcpConfig config, Http http, Workload workload) {
    Catalog catalog = new Catalog();
    Map<String, ServiceFeeder> feeders = ServiceFeeder.all(config, catalog, "kcp-preflight");
    return new Preflight(config, feeders, catalog, http).check(TrafficMix.of(config, workload));
  }

  /**
   * Checks what the mix will call.
   *
   * @return what was found, all of it right
   * @throws Refusal with a table of everything that was not
   */
  public List<CheckResult> check(TrafficMix mix) {
    List<CheckResult> findings = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(mix.parts().size(), Preflight::daemon);
    try {
      List<ServiceCheck> checks =
          mix.parts().stream()
              .map(part -> new ServiceCheck(config, part, feeders, catalog, http))
              .toList();
      long limit = config.preflight().totalTimeout().toMillis();
      List<Future<List<CheckResult>>> results =
          threads.invokeAll(checks, limit, TimeUnit.MILLISECONDS);
      for (int i = 0; i < results.size(); i++) {
        findings.addAll(findings(results.get(i), mix.parts().get(i).service(), limit));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("The preflight was interrupted. No load was sent.");
    } finally {
      threads.shutdownNow();
    }
    refuseWhereWrong(findings);
    return findings;
  }

  private List<CheckResult> findings(Future<List<CheckResult>> result, Service service, long limit)
      throws InterruptedException {
    String base = config.environment().urls().get(service.name()).toString();
    try {
      return result.get();
    } catch (CancellationException e) {
      String received = "not finished within " + limit + " ms (kcp.preflight.total-timeout)";
      return List.of(new CheckResult(service.name(), "all", base, "answers", received, false));
    } catch (ExecutionException e) {
      String received = String.valueOf(e.getCause().getMessage());
      return List.of(new CheckResult(service.name(), "all", base, "answers", received, false));
    }
  }

  private void refuseWhereWrong(List<CheckResult> findings) {
    List<CheckResult> wrong = findings.stream().filter(finding -> !finding.passed()).toList();
    if (!wrong.isEmpty()) {
      throw new Refusal(
          "Preflight of %s: %d of %d checks failed. No load was sent.\n\n%s"
              .formatted(
                  config.environment().name(),
                  wrong.size(),
                  findings.size(),
                  CheckTable.of(wrong)));
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "preflight");
    thread.setDaemon(true);
    return thread;
  }
}
