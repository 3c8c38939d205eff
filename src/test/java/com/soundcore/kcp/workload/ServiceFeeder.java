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
 * A service's feeder, which draws calls and fills in their values. Thread-safe.
 *
 * <p>Callers use it directly instead of Gatling's {@code feed}, which passes every record between
 * threads.
 */
public final class ServiceFeeder {
  private final Map<String, CallFactory> callers = new HashMap<>();
  private final Map<String, Feeder.Value> values;

  /**
   * @param run the run's tag, which marks all data that it creates
   * @param seed the random seed; equal seeds give equal calls in equal order
   * @param injector the injector's index, from 0; serial numbers of two injectors never collide
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
   * Returns a feeder for each selected service of the environment.
   *
   * @param catalog the IDs, which the preflight adds before the first call is drawn
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

  /** Returns the next call of an operation. */
  public synchronized DrawnCall next(String operation) {
    return callers.get(operation).next();
  }

  /**
   * Returns calls that cover every value of the operation's short lists; at least one call. Returns
   * exactly one call if the operation creates rows or costs money.
   *
   * @param upTo the length of the longest list that counts as short
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

  /** Returns a call of an operation with this value; all other values are drawn. */
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
