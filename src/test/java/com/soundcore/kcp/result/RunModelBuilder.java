package com.soundcore.kcp.result;

import com.soundcore.kcp.result.RunFacts.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds the model of a run while its log streams by.
 *
 * <p>Seconds count from the start of the load. A second is steady when it lies in a planned hold,
 * past its settling and before its end: ramps and warm-up are not what was promised.
 */
public final class RunModelBuilder implements LogReader.Visitor {
  private static final int RAMP = -1;
  // Gatling takes a moment from its start to the first user. A first user later than this was
  // planned so.
  private static final int START_UP_MS = 1000;

  private record Subject(String service, Stats ofService, Stats ofRequest, Stats steady) {}

  private final LogReader log;
  private final Stats whole = new Stats();
  private final Stats steady = new Stats();
  private final Map<String, Stats> services = new TreeMap<>();
  private final Map<String, Stats> requests = new TreeMap<>();
  private final Map<String, Stats> steadyByService = new TreeMap<>();
  private final List<Stats> byPhase = new ArrayList<>();
  private final Timeline timeline = new Timeline();
  private final Map<Integer, Long> errors = new HashMap<>();
  private final Map<Integer, Long> generatorErrors = new HashMap<>();
  private final Map<Long, Subject> subjects = new HashMap<>();
  private final boolean[] isSteady;
  private final int[] phaseOf;
  private int originMs = -1;

  private RunModelBuilder(LogReader log, List<Phase> phases, int settleSeconds) {
    this.log = log;
    int seconds = phases.isEmpty() ? 0 : phases.get(phases.size() - 1).endSecond();
    this.isSteady = new boolean[seconds];
    this.phaseOf = new int[seconds];
    Arrays.fill(phaseOf, RAMP);
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      byPhase.add(new Stats());
      for (int second = phase.startSecond(); second < phase.endSecond(); second++) {
        phaseOf[second] = i;
        isSteady[second] =
            phase.hold()
                && second >= phase.startSecond() + settleSeconds
                && second < phase.endSecond() - 1;
      }
    }
  }

  /**
   * Reads a run.
   *
   * @param settleSeconds at the beginning of each hold that do not count as steady
   */
  public static RunModel read(RunFolder folder, RunFacts facts, int settleSeconds) {
    RunModelBuilder[] builder = new RunModelBuilder[1];
    LogReader log =
        LogReader.read(
            folder.log(),
            reader -> builder[0] = new RunModelBuilder(reader, facts.phases(), settleSeconds));
    return builder[0].build(log);
  }

  @Override
  public void user(int scenario, boolean start, int atMs) {
    timeline.user(secondOf(atMs), start);
  }

  @Override
  public void request(int group, int name, int startMs, int endMs, boolean ok, int message) {
    Subject subject = subjects.get((long) group << 32 | name);
    if (subject == null) {
      subject = subject(group, name);
    }
    int millis = endMs - startMs;
    int second = secondOf(startMs);
    whole.add(millis, ok);
    subject.ofService().add(millis, ok);
    subject.ofRequest().add(millis, ok);
    timeline.request(second, subject.service(), millis, ok);
    if (second < phaseOf.length) {
      byPhase.get(phaseOf[second]).add(millis, ok);
      if (isSteady[second]) {
        steady.add(millis, ok);
        subject.steady().add(millis, ok);
      }
    }
    if (!ok) {
      errors.merge(message, 1L, Long::sum);
    }
  }

  @Override
  public void error(int message, int atMs) {
    generatorErrors.merge(message, 1L, Long::sum);
  }

  private Subject subject(int group, int name) {
    String service = group == 0 ? "-" : log.text(group);
    String request = service + " / " + log.text(name);
    Subject subject =
        new Subject(
            service,
            services.computeIfAbsent(service, key -> new Stats()),
            requests.computeIfAbsent(request, key -> new Stats()),
            steadyByService.computeIfAbsent(service, key -> new Stats()));
    subjects.put((long) group << 32 | name, subject);
    return subject;
  }

  private int secondOf(int atMs) {
    if (originMs < 0) {
      originMs = atMs <= START_UP_MS ? atMs : 0;
    }
    return Math.max(0, (atMs - originMs) / 1000);
  }

  private RunModel build(LogReader read) {
    List<Integer> steadySeconds = new ArrayList<>();
    for (int second = 0; second < isSteady.length; second++) {
      if (isSteady[second]) {
        steadySeconds.add(second);
      }
    }
    return new RunModel(
        read.header().simulation(),
        read.header().startMs() + Math.max(0, originMs),
        read.isCut(),
        whole,
        services,
        requests,
        steady,
        steadyByService,
        byPhase,
        timeline,
        byMessage(errors, read),
        byMessage(generatorErrors, read),
        steadySeconds);
  }

  /** The most frequent first. */
  private static Map<String, Long> byMessage(Map<Integer, Long> counts, LogReader read) {
    Map<String, Long> byMessage = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> byMessage.put(read.text(entry.getKey()), entry.getValue()));
    return byMessage;
  }
}
