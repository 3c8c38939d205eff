package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.KcpConfig.Injector;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.run.SmallFile;
import com.soundcore.kcp.run.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A barrier that starts all injectors of a run in the same second. The start is a given moment, or
 * follows when all injectors have reported ready in a shared folder. Their clocks must agree.
 * Otherwise the merged logs would show loads as simultaneous that the system received at different
 * times.
 */
public final class StartBarrier {
  private static final Duration AFTER_THE_LAST = Duration.ofSeconds(5);
  private static final Duration LATE = Duration.ofSeconds(1);
  private static final Duration APART = Duration.ofSeconds(3);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final int TRIES = 5;
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private StartBarrier() {}

  /**
   * Blocks until the load is due to start.
   *
   * @param files the digest of each file that defines the load and its gates; all injectors must
   *     have the same files
   * @throws Refusal if the start has passed or is over a day ahead, if an injector is missing or
   *     has other files, or if the clocks differ by more than 3 s
   */
  public static void await(Injector injector, Map<String, String> files) {
    injector.barrier().ifPresent(folder -> at(meetInTime(injector, Path.of(folder), files)));
    injector.startAt().ifPresent(StartBarrier::at);
  }

  private static void at(Instant moment) {
    if (Instant.now().isAfter(moment.plus(LATE))) {
      throw new Refusal(
          "The load was due to start at %s, and it is %s now: this injector is late, the others have started."
              .formatted(moment, Instant.now()));
    }
    if (moment.isAfter(Instant.now().plus(LONGEST_WAIT))) {
      throw new Refusal(
          "kcp.start-at was %s; must be within %d hours from now (%s). No load was sent."
              .formatted(moment, LONGEST_WAIT.toHours(), Instant.now()));
    }
    until(moment);
  }

  private static void until(Instant moment) {
    while (Instant.now().isBefore(moment)) {
      LockSupport.parkNanos(Duration.between(Instant.now(), moment).toNanos());
    }
  }

  /** A hanging network file system must not block the injector forever. */
  private static Instant meetInTime(Injector injector, Path folder, Map<String, String> files) {
    try {
      return TimeLimit.within(
          injector.barrierTimeout().plus(AFTER_THE_LAST), () -> meet(injector, folder, files));
    } catch (TimeoutException hangs) {
      throw new Refusal(
          "The file system of %s (kcp.injector.barrier) did not answer within %d s (kcp.injector.barrier-timeout); no load was sent."
              .formatted(folder, injector.barrierTimeout().toSeconds()));
    } catch (IOException interrupted) {
      throw new Refusal("The wait at kcp.injector.barrier was interrupted; no load was sent.");
    }
  }

  /** Each injector writes when it was ready. The start is 5 s after the latest of these times. */
  private static Instant meet(Injector injector, Path folder, Map<String, String> files) {
    long end = System.nanoTime() + injector.barrierTimeout().toNanos();
    try {
      Files.createDirectories(folder);
      Path mine = folder.resolve("ready-" + injector.index());
      if (Files.exists(mine)) {
        throw new Refusal(
            "%s already exists: kcp.injector.barrier must be a folder for this run only."
                .formatted(mine));
      }
      write(mine, files);
      while (System.nanoTime() < end) {
        List<Instant> ready = new ArrayList<>();
        Map<Integer, Duration> ahead = new TreeMap<>();
        for (int i = 0; i < injector.count(); i++) {
          Path file = folder.resolve("ready-" + i);
          if (Files.isReadable(file)) {
            List<String> lines = SmallFile.text(file).lines().toList();
            Instant said = said(file, lines);
            ready.add(said);
            Instant ofTheFolder = Files.getLastModifiedTime(file).toInstant();
            ahead.put(i, Duration.between(ofTheFolder, said));
            filesAgree(injector.index(), files, i, lines);
          }
        }
        if (!ahead.isEmpty()) {
          clocksAgree(ahead);
        }
        if (ready.size() == injector.count()) {
          return ready.stream().max(Instant::compareTo).orElseThrow().plus(AFTER_THE_LAST);
        }
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
    } catch (IOException e) {
      throw new Refusal(
          "kcp.injector.barrier was '%s'; must be a folder that all injectors can read and write (%s: %s); no load was sent."
              .formatted(
                  folder, e.getClass().getSimpleName().replace("Exception", ""), e.getMessage()));
    }
    throw new Refusal(
        "Not all of the %d injectors were ready within %d s (kcp.injector.barrier %s); no load was sent."
            .formatted(injector.count(), injector.barrierTimeout().toSeconds(), folder));
  }

  private static Instant said(Path ready, List<String> lines) {
    try {
      return Instant.parse(lines.isEmpty() ? "" : lines.get(0).strip());
    } catch (DateTimeParseException e) {
      throw new Refusal(
          "%s holds '%s' in place of a time such as %s: what wrote it is no injector of this suite; no load was sent."
              .formatted(ready, e.getParsedString(), Instant.EPOCH));
    }
  }

  /** The lines after the time hold the digests of the injector's files. */
  private static void filesAgree(
      int mine, Map<String, String> files, int other, List<String> lines) {
    Map<String, String> theirs = new TreeMap<>();
    lines.stream()
        .skip(1)
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length == 2)
        .forEach(words -> theirs.put(words[1], words[0]));
    List<String> unlike = RunSetup.unlike(files, theirs);
    if (!unlike.isEmpty()) {
      throw new Refusal(
          "Injectors %d and %d are configured by different files: %s. Give all of them the same conf; no load was sent."
              .formatted(Math.min(mine, other), Math.max(mine, other), String.join(", ", unlike)));
    }
  }

  /**
   * Each file has two times: its text, from the injector's clock, and its modification time, from
   * the clock of the folder's machine. If the injector's clock sets both, a wrong clock goes
   * unnoticed. All pairs are compared, so all injectors reach the same conclusion.
   */
  private static void clocksAgree(Map<Integer, Duration> ahead) {
    Map.Entry<Integer, Duration> slow =
        Collections.min(ahead.entrySet(), Map.Entry.comparingByValue());
    Map.Entry<Integer, Duration> fast =
        Collections.max(ahead.entrySet(), Map.Entry.comparingByValue());
    Duration apart = fast.getValue().minus(slow.getValue());
    if (apart.compareTo(APART) > 0) {
      throw new Refusal(
          "The clock of injector %d is about %d s behind that of injector %d: their loads would not come at the same time. Set both by NTP; no load was sent."
              .formatted(slow.getKey(), Math.round(apart.toMillis() / 1000.0), fast.getKey()));
    }
  }

  /** The write is atomic, because another injector may be reading. */
  private static void write(Path file, Map<String, String> files) throws IOException {
    StringBuilder digests = new StringBuilder();
    files.forEach((name, digest) -> digests.append('\n').append(digest).append(' ').append(name));
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    // The two times of the file are compared, so a slow write would look like a clock that is
    // behind.
    for (int i = 0; i < TRIES; i++) {
      Instant now = Instant.now();
      Files.writeString(draft, now.toString() + digests);
      if (Instant.now().isBefore(now.plus(LATE))) {
        break;
      }
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
