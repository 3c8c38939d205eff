package com.soundcore.kcp.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.backend.BackendProgram;
import com.soundcore.kcp.backend.DatabaseProgram;
import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.Fault;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration in the form of the embedded backend's arguments. The backend knows nothing of
 * the suite.
 */
public final class BackendCommandLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BackendCommandLine() {}

  /** Returns the arguments for all services in one process. */
  public static List<String> of(KcpConfig config) {
    return of(config, config.environment().urls().keySet());
  }

  /** Returns the arguments for some of the services. */
  static List<String> of(KcpConfig config, Set<String> services) {
    BackendOptions options = config.backend();
    List<String> arguments = new ArrayList<>();
    config
        .environment()
        .urls()
        .forEach(
            (service, url) -> {
              if (services.contains(service)) {
                arguments.add("--port=" + service + "=" + url.getPort());
              }
            });
    arguments.add("--seed=" + config.run().seed());
    arguments.add("--items=" + options.items());
    arguments.add("--products=" + options.products());
    arguments.add("--conversations=" + options.conversations());
    arguments.add("--tickets=" + options.tickets());
    arguments.add("--max-items=" + options.maxItems());
    arguments.add("--pool=" + (options.poolSize() + options.poolOverflow()));
    arguments.add("--pool-timeout-ms=" + options.poolTimeout().toMillis());
    if (options.store() == BackendOptions.Store.POSTGRES) {
      arguments.add("--database=" + databaseUrl(config));
    }
    if (!options.poolFigures()) {
      arguments.add("--hide-pool");
    }
    if (options.dialect() == BackendOptions.Dialect.PLANNED) {
      arguments.add("--planned-dialect");
    }
    options.faults().stream()
        .filter(fault -> services.contains(fault.service()))
        .forEach(fault -> arguments.add("--fault=" + json(config, fault)));
    return arguments;
  }

  /** Returns the arguments of the database that all services share. */
  static List<String> ofTheDatabase(KcpConfig config) {
    BackendOptions options = config.backend();
    List<String> arguments = new ArrayList<>();
    arguments.add("--port=" + options.postgres().port());
    arguments.add("--max-connections=" + options.postgres().maxConnections());
    arguments.add("--cores=" + options.postgres().cores());
    arguments.add("--seed=" + config.run().seed());
    arguments.add("--items=" + options.items());
    arguments.add("--products=" + options.products());
    arguments.add("--conversations=" + options.conversations());
    arguments.add("--tickets=" + options.tickets());
    options.faults().stream()
        .filter(fault -> fault.kind().ofTheDatabase())
        .forEach(fault -> arguments.add("--fault=" + json(config, fault)));
    return arguments;
  }

  /** Returns the command that starts some of the services. */
  static List<String> services(KcpConfig config, List<String> jvmArgs, Set<String> services) {
    List<String> command = java(BackendProgram.class, jvmArgs);
    command.addAll(of(config, services));
    command.add("--stop-with-input");
    return command;
  }

  /** Returns the command that starts the database. */
  static List<String> database(KcpConfig config) {
    List<String> command = java(DatabaseProgram.class, List.of("-Xmx128m", "-Xshare:auto"));
    command.addAll(ofTheDatabase(config));
    return command;
  }

  private static List<String> java(Class<?> program, List<String> jvmArgs) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArgs);
    command.addAll(List.of("-cp", ClassPath.ofTheSuite(), program.getName()));
    return command;
  }

  static String databaseUrl(KcpConfig config) {
    return "jdbc:postgresql://127.0.0.1:" + config.backend().postgres().port() + "/postgres";
  }

  private static String json(KcpConfig config, Fault fault) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("service", fault.service());
    fields.put("kind", fault.kindName());
    fields.put("route", fault.operation().map(name -> route(config, fault, name)).orElse(""));
    fields.put("fromMs", fault.from().toMillis());
    fields.put("toMs", fault.to().map(Duration::toMillis).orElse(Long.MAX_VALUE));
    fields.put("delayMs", fault.delay().toNanos() / 1e6);
    fields.put("share", fault.share());
    fields.put("size", fault.size());
    fields.put("rate", fault.rate());
    fields.put("lastingMs", fault.lasting().toMillis());
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns an operation as the backend names it: "GET /api/v1/knowledge/{}". For a database fault,
   * returns the name of a table.
   */
  private static String route(KcpConfig config, Fault fault, String name) {
    if (fault.kind().ofTheDatabase()) {
      return name;
    }
    Operation operation = config.allServices().get(fault.service()).operations().get(name);
    String path = operation.path().replaceAll("\\?.*", "").replaceAll("\\{[^}]*}", "{}");
    return operation.method() + " " + path;
  }
}
