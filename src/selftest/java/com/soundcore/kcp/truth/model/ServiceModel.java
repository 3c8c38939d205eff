package com.soundcore.kcp.truth.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A service of the system under test.
 *
 * @param process services of the same process share its memory, and stand still together
 * @param workers calls that are served at once; at least 1
 * @param queue calls that may wait beside them: the next one is answered 503 at once
 * @param time how long a worker is busy with a call
 * @param operationFactors by operation: its times are multiplied; 1 where it is missing
 * @param databaseShare the part of that time that the shared database needs, from 0 to 1
 * @param footprint what it uses of its machine
 * @param troubles what is wrong with it
 */
public record ServiceModel(
    String process,
    int workers,
    int queue,
    ServiceTime time,
    Map<String, Double> operationFactors,
    double databaseShare,
    Footprint footprint,
    List<Trouble> troubles) {
  /** The queue of a service that never refuses. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** A service without any trouble, in a process of its own. */
  public static ServiceModel of(String process, int workers, ServiceTime time) {
    return new ServiceModel(
        process, workers, UNBOUNDED, time, Map.of(), 0, Footprint.USUAL, List.of());
  }

  public ServiceModel with(Trouble trouble) {
    List<Trouble> all = Stream.concat(troubles.stream(), Stream.of(trouble)).toList();
    return new ServiceModel(
        process, workers, queue, time, operationFactors, databaseShare, footprint, all);
  }

  public ServiceModel inProcess(String other) {
    return new ServiceModel(
        other, workers, queue, time, operationFactors, databaseShare, footprint, troubles);
  }

  public ServiceModel withWorkers(int other) {
    return new ServiceModel(
        process, other, queue, time, operationFactors, databaseShare, footprint, troubles);
  }

  public ServiceModel withQueue(int other) {
    return new ServiceModel(
        process, workers, other, time, operationFactors, databaseShare, footprint, troubles);
  }

  public ServiceModel withTime(ServiceTime other) {
    return new ServiceModel(
        process, workers, queue, other, operationFactors, databaseShare, footprint, troubles);
  }

  public ServiceModel withOperationFactors(Map<String, Double> other) {
    return new ServiceModel(
        process, workers, queue, time, other, databaseShare, footprint, troubles);
  }

  public ServiceModel withDatabaseShare(double other) {
    return new ServiceModel(
        process, workers, queue, time, operationFactors, other, footprint, troubles);
  }

  public ServiceModel withFootprint(Footprint other) {
    return new ServiceModel(
        process, workers, queue, time, operationFactors, databaseShare, other, troubles);
  }

  /** Calls per second that its workers can serve, where no operation has a factor of its own. */
  public double capacityPerSecond() {
    return workers * 1000 / time.meanMs();
  }
}
