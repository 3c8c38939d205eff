package com.soundcore.kcp.testkit;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.run.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A run of Qps10k at a hundredth of its rate, written to order for tests: a 5 s ramp that is left
 * empty, then a 60 s hold of 100 req/s, each second alike unless the order says otherwise.
 */
public final class SyntheticRun {
  public static final KcpConfig CONFIG = ConfigLoader.load(new Properties());

  private static final int RAMP = 5;
  private static final int HOLD = 60;
  private static final Map<String, Integer> RATES =
      Map.of("knowledge", 50, "content", 10, "support", 15, "analytics", 20, "auth", 5);

  /** What happens in a second of the hold; the ramp's are below 0. */
  public interface Order {
    /** A figure of each call, by its service, second and number. */
    interface PerCall<T> {
      T of(String service, int second, int number);
    }

    /** Services get these requests of those planned. */
    static Order sending(PerCall<Integer> requests) {
      return new Order() {
        @Override
        public int requests(String service, int second, int planned) {
          return requests.of(service, second, planned);
        }
      };
    }

    /** Requests have these error messages. */
    static Order failing(PerCall<String> error) {
      return new Order() {
        @Override
        public String error(String service, int second, int number) {
          return error.of(service, second, number);
        }
      };
    }

    /** Requests have these response times in ms. */
    static Order taking(PerCall<Integer> millis) {
      return new Order() {
        @Override
        public int millis(String service, int second, int number) {
          return millis.of(service, second, number);
        }
      };
    }

    /** A service gets these calls from the first second on, and then none. */
    static Order onlyTheFirst(String of, int calls) {
      return sending(
          (service, second, planned) -> {
            int left = Math.max(0, calls - planned * second);
            return service.equals(of) ? Math.min(planned, left) : planned;
          });
    }

    /** The operation that a request is of. */
    default String operation(String service, int second, int number) {
      return "call";
    }

    /** Requests that a service gets, of those planned. */
    default int requests(String service, int second, int planned) {
      return planned;
    }

    /** The error message of a request, empty where it is fine. */
    default String error(String service, int second, int number) {
      return "";
    }

    /** A request's response time in ms. */
    default int millis(String service, int second, int number) {
      return 5 + number % 5;
    }
  }

  private Map<String, Double> shares = Map.of();
  private boolean rampHasLoad;
  private Map<String, String> files = Map.of();
  private String simulation = "qps10k";
  private String workload = "mixed";
  private long startMs = 1_700_000_000_000L;
  private int injector;
  private int injectors = 1;
  private String id = "kcp-qps10k-test";
  private boolean finished = true;
  private long shed;
  private int shedSecond;
  private int holdSeconds = HOLD;
  private double pausedMs;
  private double loopLateMs;
  private CountsBySecond dropped = CountsBySecond.NONE;
  private Stopped stopped;
  private Long clockOffsetMs;
  private ObservedSystem system = ObservedSystem.UNKNOWN;
  private int standstillAt = -1;
  private double standstillMs;
  private int lateAt = -1;
  private double lateThenMs;
  private double machineThen;
  private SearchRecord search;

  /** The same figures under another test's gates. */
  public SyntheticRun of(String test) {
    simulation = test;
    return this;
  }

  public SyntheticRun withWorkload(String name) {
    workload = name;
    return this;
  }

  public SyntheticRun injector(int index, int count) {
    injector = index;
    injectors = count;
    return this;
  }

  public SyntheticRun startedAt(long epochMs) {
    startMs = epochMs;
    return this;
  }

  /** What configured it, with a digest of each. */
  public SyntheticRun withFiles(Map<String, String> digests) {
    files = digests;
    return this;
  }

  /** The run's tag. */
  public SyntheticRun id(String tag) {
    id = tag;
    return this;
  }

  public SyntheticRun unfinished() {
    finished = false;
    return this;
  }

  /** A search for the highest rate found this. */
  public SyntheticRun searching(SearchRecord found) {
    search = found;
    return this;
  }

  public SyntheticRun shedding(long calls, int second) {
    shed = calls;
    shedSecond = second;
    return this;
  }

  public SyntheticRun holding(int seconds) {
    holdSeconds = seconds;
    return this;
  }

  public SyntheticRun pausedPerSecond(double millis) {
    pausedMs = millis;
    return this;
  }

  /** An event loop of the generator is late for so long in each second. */
  public SyntheticRun withFullLoop(double millis) {
    loopLateMs = millis;
    return this;
  }

  /** The generator stands still once, in a second of the hold. */
  public SyntheticRun pausedIn(int second, double millis) {
    standstillAt = RAMP + second;
    standstillMs = millis;
    return this;
  }

  /** An event loop that is late in one second of the hold, on a machine that is so busy then. */
  public SyntheticRun lateIn(int second, double millis, double machineCpu) {
    lateAt = RAMP + second;
    lateThenMs = millis;
    machineThen = machineCpu;
    return this;
  }

  /** Connections of knowledge that were closed without an answer, in one second. */
  public SyntheticRun dropping(String services, long calls, int second) {
    return dropping(new CountsBySecond(Map.of(services, Map.of(second, calls))));
  }

  /** Connections that were closed without an answer. */
  public SyntheticRun dropping(CountsBySecond closed) {
    dropped = closed;
    return this;
  }

  /** How far the target's clock is ahead of this injector's. */
  public SyntheticRun withClockBehindBy(long millis) {
    clockOffsetMs = millis;
    return this;
  }

  /** Rows of data that the preflight counted, such as "knowledge items". */
  public SyntheticRun withRows(Map<String, Long> rows) {
    system = new ObservedSystem("", Map.of(), rows, List.of(), "");
    return this;
  }

  /** With these operations, by "service / operation", and their shares in the calls. */
  public SyntheticRun withShares(Map<String, Double> planned) {
    shares = planned;
    return this;
  }

  /** Fills the ramp with load. */
  public SyntheticRun withLoadInItsRamp() {
    rampHasLoad = true;
    return this;
  }

  /** Its load was stopped. */
  public SyntheticRun stopped(Stopped of) {
    stopped = of;
    return this;
  }

  /** Writes the log and the facts. */
  public RunFolder write(Path path, Order order) {
    RunFolder folder = new RunFolder(path);
    folder.write(facts());
    LogHeader header = new LogHeader("Qps10k", startMs, List.copyOf(new TreeMap<>(RATES).keySet()));
    try (LogWriter log = new LogWriter(folder.log(), LogReader.VERSION, header)) {
      log.user(0, true, 0);
      log.user(0, false, 1);
      for (int second = rampHasLoad ? -RAMP : 0; second < holdSeconds; second++) {
        double part = Math.min(1, (second + RAMP + 0.5) / RAMP);
        for (Map.Entry<String, Integer> entry : new TreeMap<>(RATES).entrySet()) {
          write(log, order, entry.getKey(), second, (int) Math.round(part * entry.getValue()));
        }
      }
    }
    LogSeal.write(folder);
    return folder;
  }

  private static void write(LogWriter log, Order order, String service, int second, int planned) {
    int requests = order.requests(service, second, planned);
    for (int i = 0; i < requests; i++) {
      int start = (RAMP + second) * 1000 + i * 1000 / requests;
      int end = start + order.millis(service, second, i);
      String error = order.error(service, second, i);
      log.user(0, true, start);
      log.request(service, order.operation(service, second, i), start, end, error.isEmpty(), error);
      log.user(0, false, end);
    }
  }

  private List<String> operationsOf(String service) {
    List<String> names =
        shares.keySet().stream()
            .filter(subject -> Subject.serviceOf(subject).equals(service))
            .map(Subject::nameOf)
            .sorted()
            .toList();
    return names.isEmpty() ? List.of("call") : names;
  }

  /** What the run knows of itself. */
  public RunMetadata facts() {
    Map<String, List<String>> operations = new LinkedHashMap<>();
    Map<String, Double> rates = new LinkedHashMap<>();
    new TreeMap<>(RATES)
        .forEach(
            (service, rate) -> {
              operations.put(service, operationsOf(service));
              rates.put(service, (double) rate);
            });
    List<GeneratorSample> samples = new ArrayList<>();
    for (int second = 0; second < RAMP + holdSeconds; second++) {
      double paused = second == standstillAt ? standstillMs : pausedMs;
      boolean late = second == lateAt;
      double lateMs = late ? lateThenMs : loopLateMs;
      samples.add(
          new GeneratorSample(
              second, 0.3, late ? machineThen : 0.7, paused, paused, 2, 100, 0, 0, lateMs, 0, 0));
    }
    RunSetup setup =
        RunSetup.builder()
            .test(simulation, id, 1)
            .against("embedded", true)
            .load(workload, "open")
            .scaled(1, 0.01)
            .injector(injector, injectors)
            .system(system)
            .files(files)
            .on(
                "17.0.1",
                "2 cores, Linux amd64",
                "mvn gatling:test -Dgatling.simulationClass=Qps10k")
            .build();
    List<Phase> phases =
        List.of(
            new Phase("ramp to 100", 0, RAMP, false, 0, 0, rates),
            new Phase("hold 100", RAMP, RAMP + holdSeconds, true, 0, 100L * holdSeconds, rates));
    CountsBySecond shedCalls =
        shed == 0
            ? CountsBySecond.NONE
            : new CountsBySecond(Map.of("auth", Map.of(shedSecond, shed)));
    return new RunMetadata(
            setup,
            operations,
            phases,
            startMs,
            100L * holdSeconds,
            new RunEnd(
                finished,
                shedCalls,
                dropped,
                samples,
                Map.of(),
                stopped,
                0,
                clockOffsetMs,
                search,
                1000))
        .withShares(shares);
  }
}
