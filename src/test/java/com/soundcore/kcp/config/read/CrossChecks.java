package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.Fault;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Exchange;
import com.soundcore.kcp.config.services.Feeder;
import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Workload;
import com.soundcore.kcp.config.tests.TestShape;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checks across parts of the configuration: every name in use must exist. */
final class CrossChecks {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
  private static final List<String> TABLES =
      List.of("conversations", "knowledge_items", "products", "search_logs", "tickets", "users");
  private static final Set<String> BUILT_IN = Set.of("run", "serial");

  private final KcpConfig config;
  private final Problems problems;

  CrossChecks(KcpConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  void run() {
    config.allServices().values().forEach(this::service);
    config.allServices().values().forEach(this::targets);
    config.journeys().values().forEach(this::journey);
    config.workloads().values().forEach(this::workload);
    config.tests().values().forEach(this::test);
    config.backend().faults().forEach(this::fault);
    placeholders();
    Set<String> names = config.allServices().keySet();
    known("kcp.sample-rows.service", config.sampleRows().service(), names);
    known("kcp.sessions.login.service", config.sessions().login().service(), names);
    config.findings().cpuLimits().keySet().forEach(n -> known("kcp.findings.cpu-limits", n, names));
    environment();
  }

  private void targets(Service service) {
    service
        .target()
        .operations()
        .keySet()
        .forEach(
            name ->
                known(
                    "kcp.targets." + service.name() + ".operations",
                    name,
                    service.operations().keySet()));
  }

  private void placeholders() {
    List<String> operations =
        config.allServices().values().stream()
            .flatMap(service -> service.operations().values().stream())
            .map(Operation::fullName)
            .toList();
    config.run().placeholders().forEach(name -> known("kcp.placeholders", name, operations));
  }

  private void fault(Fault fault) {
    if (fault.kind().ofTheDatabase() || fault.service().equals(Fault.Kind.DATABASE)) {
      ofTheDatabase(fault);
    } else if (known(
        "kcp.backend.faults.service", fault.service(), config.allServices().keySet())) {
      Set<String> operations = config.allServices().get(fault.service()).operations().keySet();
      fault.operation().ifPresent(name -> known("kcp.backend.faults.operation", name, operations));
    }
  }

  private void ofTheDatabase(Fault fault) {
    String key = "kcp.backend.faults";
    if (config.backend().store() != BackendOptions.Store.POSTGRES) {
      problems.add(
          key + " has " + fault.text() + "; needs a database (kcp.backend.store=postgres)");
    }
    if (!fault.kind().ofTheDatabase() || !fault.service().equals(Fault.Kind.DATABASE)) {
      problems.add(
          key + " has " + fault.text() + "; must be a kind and a service that belong together");
    }
    boolean needsTable = fault.kind() != Fault.Kind.CONNECTIONS;
    if (needsTable) {
      known(key + ".operation", fault.operation().orElse(""), TABLES);
    }
  }

  private void service(Service service) {
    String feeder = "kcp.feeders." + service.name();
    for (String operation : service.feeder().weights().keySet()) {
      known(feeder + ".weights", operation, service.operations().keySet());
    }
    service
        .feeder()
        .values()
        .forEach(
            (name, value) -> {
              if (value instanceof Feeder.Ids ids) {
                known(
                    feeder + ".values." + name + ".catalog",
                    ids.collection(),
                    service.collect().keySet());
              }
            });
    service.operations().values().forEach(operation -> placeholders(service, operation));
  }

  private void placeholders(Service service, Operation operation) {
    Set<String> allowed = new TreeSet<>(BUILT_IN);
    allowed.addAll(service.feeder().values().keySet());
    String where = "kcp.api." + service.name() + ".operations." + operation.name();
    Matcher matcher = PLACEHOLDER.matcher(operation.templates());
    while (matcher.find()) {
      known(where + " uses {" + matcher.group(1) + "}, which", matcher.group(1), allowed);
    }
    operation
        .addsTo()
        .ifPresent(name -> known(where + ".adds-to", name, service.collect().keySet()));
    operation
        .finds()
        .ifPresent(
            finds -> {
              known(where + ".finds.collection", finds.collection(), service.collect().keySet());
              known(where + ".finds.value", finds.value(), allowed);
            });
    if (operation.contains().isEmpty()) {
      problems.add(where + ".contains is empty; an answer must be checked for something");
    }
  }

  private void journey(Journey journey) {
    String where = "kcp.journeys." + journey.name();
    if (!known(where + ".service", journey.service(), config.allServices().keySet())) {
      return;
    }
    Set<String> operations = config.allServices().get(journey.service()).operations().keySet();
    for (Journey.Step step : journey.steps()) {
      if (step instanceof Journey.Call call) {
        known(where + ".steps", call.operation(), operations);
      } else if (step instanceof Journey.OneOf oneOf) {
        oneOf.weights().keySet().forEach(name -> known(where + ".steps", name, operations));
      }
    }
    saved(journey);
  }

  /** An earlier call of the journey must have saved every value that a call uses. */
  private void saved(Journey journey) {
    Service service = config.allServices().get(journey.service());
    Set<String> saved = new TreeSet<>();
    for (Journey.Step step : journey.steps()) {
      Set<String> names = new TreeSet<>();
      if (step instanceof Journey.Call call) {
        names.add(call.operation());
      } else if (step instanceof Journey.OneOf oneOf) {
        names.addAll(oneOf.weights().keySet());
      } else if (step instanceof Journey.FromFeeder) {
        names.addAll(service.feeder().weights().keySet());
      }
      for (String name : names) {
        Operation operation = service.operations().get(name);
        if (operation != null) {
          saved(journey, operation, saved);
        }
      }
      if (step instanceof Journey.Call call && service.operations().containsKey(call.operation())) {
        saved.addAll(service.operations().get(call.operation()).exchange().saves().keySet());
      }
    }
  }

  private void saved(Journey journey, Operation operation, Set<String> saved) {
    Matcher used = Exchange.SAVED.matcher(operation.templates());
    while (used.find()) {
      if (!saved.contains(used.group(1))) {
        problems.add(
            "kcp.journeys.%s calls %s, which uses {saved.%s}; no earlier call of the journey saves it (saves { %s = … })"
                .formatted(journey.name(), operation.name(), used.group(1), used.group(1)));
      }
    }
  }

  private void workload(Workload workload) {
    String where = "kcp.workloads." + workload.name();
    workload
        .journeys()
        .forEach(
            (service, weights) -> {
              List<String> own =
                  config.journeys().values().stream()
                      .filter(journey -> journey.service().equals(service))
                      .map(Journey::name)
                      .toList();
              if (known(where, service, config.allServices().keySet())) {
                weights.keySet().forEach(name -> known(where + "." + service, name, own));
              }
            });
  }

  private void test(TestShape test) {
    known("kcp.tests." + test.name() + ".workload", test.workload(), config.workloads().keySet());
  }

  private void environment() {
    Environment environment = config.environment();
    String signsIn = config.sessions().login().service();
    if (config.sessions().login().users() > 0 && !environment.urls().containsKey(signsIn)) {
      problems.add(
          "kcp.environment.urls.%s is missing; users sign in there (kcp.sessions.login)"
              .formatted(signsIn));
    }
    for (Service service : config.services()) {
      if (!environment.urls().containsKey(service.name())) {
        problems.add(
            "kcp.environment.urls.%s is missing; environment %s has no URL for a selected service"
                .formatted(service.name(), environment.name()));
      }
    }
    environment
        .pages()
        .forEach(
            (service, pages) -> {
              if (known("kcp.environment.pages", service, environment.urls().keySet())) {
                pages.values().forEach(place -> page(service, place));
              }
            });
    environment
        .urls()
        .forEach(
            (service, url) -> {
              if (!environment.allows(url)) {
                problems.add(
                    "kcp.environment.urls.%s was '%s'; environment %s may call only %s (kcp.environment.hosts)"
                        .formatted(
                            service,
                            url,
                            environment.name(),
                            String.join(", ", environment.hosts())));
              }
            });
  }

  /** Calls of pages carry the token, so their hosts must be allowed. */
  private void page(String service, String place) {
    Environment environment = config.environment();
    boolean elsewhere =
        place.contains("://") && !environment.hosts().contains(URI.create(place).getHost());
    if (elsewhere) {
      problems.add(
          "kcp.environment.pages.%s names '%s'; environment %s may call only %s (kcp.environment.hosts)"
              .formatted(
                  service, place, environment.name(), String.join(", ", environment.hosts())));
    }
  }

  private boolean known(String where, String name, Collection<String> allowed) {
    if (allowed.contains(name)) {
      return true;
    }
    problems.addChoice(where, name, allowed);
    return false;
  }
}
