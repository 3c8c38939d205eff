package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Feeder;
import com.soundcore.kcp.config.services.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A service's feeder: draws calls, filled with values. Safe for use by several threads.
 *
 * <p>It is asked directly and not through Gatling's {@code feed}, which hands every record from
 * thread to thread.
 */
public final class ServiceFeeder {
  private final Map<String, CallFactory> callers = new HashMap<>();
  private final Map<String, Feeder.Value> values;

  /**
   * @param run the run's tag, for what it creates
   * @param seed the same for the same calls in the same order
   * @param injector this machine's number: serial numbers of two machines never meet
   */
  public ServiceFeeder(
      Service service, URI baseUrl, Catalog catalog, String run, long seed, int injector) {
    this.values = service.feeder().values();
    UniformRandomProvider random =
        RandomSource.XO_RO_SHI_RO_128_PP.create(
            new long[] {seed, 31L * service.name().hashCode() + injector});
    Value tag = Value.of(run);
    Map<String, Supplier<Value>> sources = new HashMap<>();
    sources.put("run", () -> tag);
    sources.put("serial", serialNumbers(injector));
    for (Map.Entry<String, Feeder.Value> entry : service.feeder().values().entrySet()) {
      sources.put(entry.getKey(), Values.of(entry.getValue(), service.name(), catalog, random));
    }
    service
        .operations()
        .forEach(
            (name, operation) ->
                callers.put(name, new CallFactory(operation, baseUrl, sources::get)));
  }

  /**
   * One for each selected service of the environment.
   *
   * @param catalog gets its ids from the preflight, before the first call is drawn
   * @param run the run's tag
   */
  public static Map<String, ServiceFeeder> all(KcpConfig config, Catalog catalog, String run) {
    Map<String, ServiceFeeder> feeders = new LinkedHashMap<>();
    for (Service service : config.services()) {
      URI url = config.environment().urls().get(service.name());
      feeders.put(
          service.name(),
          new ServiceFeeder(
              service, url, catalog, run, config.run().seed(), config.injector().index()));
    }
    return feeders;
  }

  /** The next call of that operation. */
  public synchronized DrawnCall next(String operation) {
    return callers.get(operation).next();
  }

  /**
   * Calls of an operation with every value of its short lists, each once; at least one call, and
   * only one where each makes a row or costs money.
   *
   * @param upTo a longer list is not short
   */
  public synchronized List<DrawnCall> covering(String operation, int upTo) {
    CallFactory caller = callers.get(operation);
    List<DrawnCall> calls = new ArrayList<>();
    if (!caller.operation().creates() && !caller.operation().costly()) {
      values.forEach(
          (name, value) -> {
            if (value instanceof Feeder.Texts list
                && list.texts().size() <= upTo
                && caller.uses(name)) {
              list.texts().forEach(text -> calls.add(caller.with(name, Value.of(text))));
            }
          });
    }
    return calls.isEmpty() ? List.of(caller.next()) : calls;
  }

  /** A call of an operation with this value, and others drawn. */
  public synchronized DrawnCall with(String operation, String name, String value) {
    return callers.get(operation).with(name, Value.of(value));
  }

  private static Supplier<Value> serialNumbers(int injector) {
    return new Supplier<>() {
      private long last = injector * 1_000_000_000L;

      @Override
      public Value get() {
        return Value.of(++last);
      }
    };
  }
}
