package com.soundcore.kcp.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of an event by service and by second of the load.
 *
 * @param byService counts by service and second; seconds without the event are absent
 */
public record CountsBySecond(@JsonValue Map<String, Map<Integer, Long>> byService) {
  /** Separator between the names of services that cannot be distinguished. */
  public static final String SHARED = ", ";

  /** No events. */
  public static final CountsBySecond NONE = new CountsBySecond(Map.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CountsBySecond {}

  public long total() {
    return byService.keySet().stream().mapToLong(this::total).sum();
  }

  /** Returns the number of seconds up to the last one with a count; 0 without counts. */
  public int seconds() {
    return byService.values().stream()
        .flatMap(seconds -> seconds.keySet().stream())
        .mapToInt(second -> second + 1)
        .max()
        .orElse(0);
  }

  public long total(String service) {
    return total(service, 0, Integer.MAX_VALUE);
  }

  /** Counts from one second up to another, which is excluded. */
  public long total(String service, int from, int to) {
    return byService.getOrDefault(service, Map.of()).entrySet().stream()
        .filter(entry -> entry.getKey() >= from && entry.getKey() < to)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * Counts events that may belong to the service in addition to its own: their service is unknown,
   * or one of several.
   */
  public long perhaps(String service, int from, int to) {
    return byService.keySet().stream()
        .filter(name -> name.isEmpty() || isShared(name, service))
        .mapToLong(name -> total(name, from, to))
        .sum();
  }

  private static boolean isShared(String name, String service) {
    List<String> sharing = List.of(name.split(SHARED));
    return sharing.size() > 1 && sharing.contains(service);
  }

  /** Counts the events of all services from one second up to another, which is excluded. */
  public long total(int from, int to) {
    return byService.keySet().stream().mapToLong(service -> total(service, from, to)).sum();
  }

  /** Returns the sum of both. */
  public CountsBySecond plus(CountsBySecond other) {
    Map<String, Map<Integer, Long>> sum = new TreeMap<>();
    for (CountsBySecond one : List.of(this, other)) {
      one.byService.forEach(
          (service, seconds) ->
              seconds.forEach(
                  (second, count) ->
                      sum.computeIfAbsent(service, name -> new TreeMap<>())
                          .merge(second, count, Long::sum)));
    }
    return new CountsBySecond(sum);
  }
}
