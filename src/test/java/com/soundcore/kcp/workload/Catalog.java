package com.soundcore.kcp.workload;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The IDs of existing rows, found before the run. Thread-safe. */
public final class Catalog {
  private final Map<String, List<String>> idsByCollection = new ConcurrentHashMap<>();

  /** Stores the IDs of a service's collection; at least one. */
  public void put(String service, String collection, List<String> ids) {
    idsByCollection.put(key(service, collection), List.copyOf(ids));
  }

  /**
   * Returns the IDs of a service's collection.
   *
   * @throws IllegalStateException if the collection is empty: no call may be sent without a real ID
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
