package com.soundcore.kcp.workload;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ids of rows that exist, found before the run. Safe for use by several threads. */
public final class Catalog {
  private final Map<String, List<String>> idsByCollection = new ConcurrentHashMap<>();

  /** Keeps the ids of a service's collection; at least one. */
  public void put(String service, String collection, List<String> ids) {
    idsByCollection.put(key(service, collection), List.copyOf(ids));
  }

  /**
   * The ids of a service's collection.
   *
   * @throws IllegalStateException where none were kept: a call without a real id must not be sent
   */
  List<String> ids(String service, String collection) {
    List<String> ids = idsByCollection.get(key(service, collection));
    if (ids == null || ids.isEmpty()) {
      throw new IllegalStateException("no ids of " + key(service, collection) + " were found");
    }
    return ids;
  }

  private static String key(String service, String collection) {
    return service + "." + collection;
  }
}
