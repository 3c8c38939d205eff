package com.soundcore.kcp.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run knows of itself and a log does not: written beside the log when the run starts, and
 * again when it ends.
 *
 * @param simulation the test, such as "spike"
 * @param id the run's tag
 * @param environment where the load went
 * @param embedded whether that was the embedded backend
 * @param workload the mix
 * @param injection "closed" or "open"
 * @param seed of everything random
 * @param timeScale 1 for the test as written
 * @param loadScale 1 for the test as written
 * @param altered what of the test, its targets and its gates is not as the files have it
 * @param injectors how many machines share the load
 * @param jdk the version
 * @param machine cores and operating system
 * @param repeat the command that repeats the run
 * @param operations by service: what must have been called
 * @param phases the planned shape
 * @param startedAtMs when the load began, since the epoch
 * @param plannedArrivals users or journeys that were to start; 0 in the closed model
 * @param shed calls that were due and not made, by service
 * @param shedBySecond the same by second, counted since the epoch
 * @param finished whether the run came to its end
 * @param generator what the generator saw of itself, a sample a second
 */
public record RunFacts(
    String simulation,
    String id,
    String environment,
    boolean embedded,
    String workload,
    String injection,
    long seed,
    double timeScale,
    double loadScale,
    List<String> altered,
    int injectors,
    String jdk,
    String machine,
    String repeat,
    Map<String, List<String>> operations,
    List<Phase> phases,
    long startedAtMs,
    long plannedArrivals,
    Map<String, Long> shed,
    Map<Long, Long> shedBySecond,
    boolean finished,
    List<GeneratorSample> generator) {

  /**
   * A planned stage.
   *
   * @param name such as "hold 10,000"
   * @param startSecond from the start of the load
   * @param endSecond exclusive
   * @param hold whether its level does not move
   * @param users concurrent users at its end; 0 in the open model
   * @param arrivals journeys that start in it; 0 in the closed model
   * @param rps requests per second at its end, by service; expected ones in the closed model
   */
  public record Phase(
      String name,
      int startSecond,
      int endSecond,
      boolean hold,
      long users,
      long arrivals,
      Map<String, Double> rps) {
    public double totalRps() {
      return rps.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /**
   * A second of the generator.
   *
   * @param second from the start of the load
   * @param processCpu the fraction of all cores that this process used
   * @param machineCpu the fraction that everything used
   * @param maxPauseMs the longest time that a thread was late which had nothing to do but wake up
   * @param pausedMs all such times above the smallest ones
   * @param gcPauseMs time in collections
   * @param openFiles files and sockets
   */
  public record GeneratorSample(
      int second,
      double processCpu,
      double machineCpu,
      double maxPauseMs,
      double pausedMs,
      long gcPauseMs,
      long openFiles) {}

  /** What must be known of a verdict on this run, in sentences. */
  public List<String> caveats() {
    List<String> caveats = new ArrayList<>();
    if (embedded) {
      caveats.add("EMBEDDED: the backend that comes with the suite was measured");
    }
    if (timeScale != 1 || loadScale != 1) {
      caveats.add(
          "SCALED: time × "
              + timeScale
              + ", load × "
              + loadScale
              + "; says nothing of the unscaled test");
    }
    if (!altered.isEmpty()) {
      caveats.add("ALTERED: " + String.join(", ", altered) + "; not the test as written");
    }
    return caveats;
  }

  /** The same run, judged with these alterations, too. */
  public RunFacts judgedWith(List<String> alterations) {
    List<String> all = Stream.concat(altered.stream(), alterations.stream()).distinct().toList();
    return new RunFacts(
        simulation,
        id,
        environment,
        embedded,
        workload,
        injection,
        seed,
        timeScale,
        loadScale,
        all,
        injectors,
        jdk,
        machine,
        repeat,
        operations,
        phases,
        startedAtMs,
        plannedArrivals,
        shed,
        shedBySecond,
        finished,
        generator);
  }

  /** The same run, ended. */
  public RunFacts ended(
      Map<String, Long> shedByService, Map<Long, Long> shedAt, List<GeneratorSample> samples) {
    return new RunFacts(
        simulation,
        id,
        environment,
        embedded,
        workload,
        injection,
        seed,
        timeScale,
        loadScale,
        altered,
        injectors,
        jdk,
        machine,
        repeat,
        operations,
        phases,
        startedAtMs,
        plannedArrivals,
        shedByService,
        shedAt,
        true,
        samples);
  }
}
