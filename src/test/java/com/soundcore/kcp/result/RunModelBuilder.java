package com.soundcore.kcp.result;

import com.soundcore.kcp.result.RunFacts.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the model of a run while its log streams by. Seconds count from the load's start. */
public final class RunModelBuilder implements LogReader.Visitor {
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
  private final PlannedSeconds planned;

  private RunModelBuilder(LogReader log, List<Phase> phases, int settleSeconds) {
    this.log = log;
    this.planned = new PlannedSeconds(phases, settleSeconds);
    phases.forEach(phase -> byPhase.add(new Stats()));
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
    timeline.user(planned.secondOf(atMs), start);
  }

  @Override
  public void request(int group, int name, int startMs, int endMs, boolean ok, int message) {
    Subject subject = subjects.get((long) group << 32 | name);
    if (subject == null) {
      subject = subject(group, name);
    }
    int millis = endMs - startMs;
    int second = planned.secondOf(startMs);
    whole.add(millis, ok);
    subject.ofService().add(millis, ok);
    subject.ofRequest().add(millis, ok);
    timeline.request(second, subject.service(), millis, ok);
    int phase = planned.phaseOf(second);
    if (phase != PlannedSeconds.NO_PHASE) {
      byPhase.get(phase).add(millis, ok);
    }
    if (planned.isSteady(second)) {
      steady.add(millis, ok);
      subject.steady().add(millis, ok);
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
    String service = service(log, group);
    String request = request(service, log.text(name));
    Subject subject =
        new Subject(
            service,
            services.computeIfAbsent(service, key -> new Stats()),
            requests.computeIfAbsent(request, key -> new Stats()),
            steadyByService.computeIfAbsent(service, key -> new Stats()));
    subjects.put((long) group << 32 | name, subject);
    return subject;
  }

  /** The group of a request is its service. */
  static String service(LogReader log, int group) {
    return group == 0 ? "-" : log.text(group);
  }

  static String request(String service, String operation) {
    return service + " / " + operation;
  }

  private RunModel build(LogReader read) {
    return new RunModel(
        read.header().simulation(),
        read.header().startMs() + planned.originMs(),
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
        planned.steady());
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
