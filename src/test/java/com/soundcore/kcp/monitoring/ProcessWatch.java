package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.run.ResourceSample;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * Metrics of services on this machine, from Linux's {@code /proc}. A service's processes are those
 * that listen on its port. The watch sends no request to the service, so it works regardless of the
 * cost of the metrics page. It also sees the busiest thread, which limits an application with a
 * single event loop.
 */
public final class ProcessWatch implements AutoCloseable {
  /** Cores that all threads of a service used. */
  public static final String CPU = "process-cpu";

  /** Cores that the busiest thread of a service used; at most 1. */
  public static final String BUSIEST_THREAD = "busiest-thread";

  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final double TICKS_PER_SECOND = 100;
  // Processes start and exit. A search walks all open files of all processes, so it runs only every
  // sixth round.
  private static final int ROUNDS_UNTIL_SEARCHED = 6;

  private final Duration every;
  private final Map<String, Integer> ports = new TreeMap<>();
  private final long start = System.nanoTime();
  private final List<ResourceSample> samples = new ArrayList<>();
  private final Map<String, Map<Path, Double>> before = new HashMap<>();
  private final Thread thread = new Thread(this::watch, "process-watch");
  private Map<String, Set<Long>> processes = Map.of();
  private long lastNanos = start;
  private volatile boolean open = true;

  /**
   * Starts to poll if any of the services runs on this machine.
   *
   * @param every time between two samples; zero disables the watch
   * @param urls service URLs by service name
   */
  public ProcessWatch(Duration every, Map<String, URI> urls) {
    this.every = every;
    urls.forEach(
        (service, url) -> {
          if (Environment.isHere(url) && url.getPort() > 0) {
            ports.put(service, url.getPort());
          }
        });
    thread.setDaemon(true);
    if (!every.isZero() && !ports.isEmpty() && Files.isReadable(PROC.resolve("net/tcp"))) {
      thread.start();
    }
  }

  /** Returns all samples so far. */
  public synchronized List<ResourceSample> samples() {
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }

  private void watch() {
    int round = 0;
    for (long next = start; open; next += every.toNanos()) {
      while (open && System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      if (open) {
        if (round++ % ROUNDS_UNTIL_SEARCHED == 0) {
          Map<String, Set<Long>> found = listening();
          // Processor time from before a process was found does not belong to this interval.
          before
              .keySet()
              .removeIf(service -> !pidsOf(service, found).equals(pidsOf(service, processes)));
          processes = found;
        }
        look(System.nanoTime());
      }
    }
  }

  private static Set<Long> pidsOf(String service, Map<String, Set<Long>> all) {
    return all.getOrDefault(service, Set.of());
  }

  private void look(long now) {
    double seconds = (now - lastNanos) / 1e9;
    lastNanos = now;
    processes.forEach(
        (service, pids) -> {
          Map<Path, Double> threads = threads(pids);
          Map<Path, Double> earlier = before.put(service, threads);
          if (earlier != null && !threads.isEmpty()) {
            keep(service, threads, earlier, now, seconds);
          }
        });
  }

  private void keep(
      String service,
      Map<Path, Double> threads,
      Map<Path, Double> earlier,
      long now,
      double seconds) {
    double all = 0;
    double busiest = 0;
    for (Map.Entry<Path, Double> one : threads.entrySet()) {
      // A new thread started within this interval, so all its time counts.
      double spent = one.getValue() - earlier.getOrDefault(one.getKey(), 0.0);
      all += Math.max(0, spent);
      busiest = Math.max(busiest, spent);
    }
    double second = Math.round((now - start) / 1e8) / 10.0;
    Map<String, Double> figures =
        Map.of(CPU, all / seconds, BUSIEST_THREAD, Math.min(1, busiest / seconds));
    synchronized (this) {
      samples.add(new ResourceSample(second, service, figures));
    }
  }

  /** Returns each thread's processor time, in seconds. */
  private static Map<Path, Double> threads(Set<Long> pids) {
    Map<Path, Double> threads = new HashMap<>();
    for (long pid : pids) {
      for (Path thread : list(PROC.resolve(pid + "/task"))) {
        double seconds = seconds(thread);
        if (seconds >= 0) {
          threads.put(thread, seconds);
        }
      }
    }
    return threads;
  }

  /** Returns the thread's processor time in seconds; below 0 if the thread has exited. */
  private static double seconds(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      // Fields count from after the name, because the name may contain spaces. User and system time
      // are the 12th and 13th.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException | IndexOutOfBoundsException ended) {
      return -1;
    }
  }

  /**
   * Returns the processes that listen on each service's port. Workers that share a socket are
   * several processes.
   */
  Map<String, Set<Long>> listening() {
    Map<String, String> serviceBySocket = new HashMap<>();
    for (String file : List.of("net/tcp", "net/tcp6")) {
      for (String line : lines(PROC.resolve(file))) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9 && fields[3].equals(LISTENING)) {
          int port = Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16);
          ports.forEach(
              (service, of) -> {
                if (of == port) {
                  serviceBySocket.put("socket:[" + fields[9] + "]", service);
                }
              });
        }
      }
    }
    Map<String, Set<Long>> found = new TreeMap<>();
    for (Path process : serviceBySocket.isEmpty() ? List.<Path>of() : list(PROC)) {
      String pid = process.getFileName().toString();
      if (Character.isDigit(pid.charAt(0))) {
        for (Path file : list(process.resolve("fd"))) {
          String service = serviceBySocket.get(target(file));
          if (service != null) {
            found.computeIfAbsent(service, name -> new TreeSet<>()).add(Long.valueOf(pid));
          }
        }
      }
    }
    return found;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  /**
   * Returns the files in a folder; empty if the folder no longer exists or belongs to another user.
   */
  private static List<Path> list(Path folder) {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(all::add);
    } catch (IOException | DirectoryIteratorException closed) {
      return all;
    }
    return all;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException notThere) {
      return List.of();
    }
  }
}
