package com.soundcore.kcp.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.LogVisitor;
import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Cuts a run into the runs of several injectors: each call, and each user, is dealt to one. */
public final class InjectorShares {
  private static final int MOST_APART_MS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private InjectorShares() {}

  /**
   * Cuts.
   *
   * @param run with its log and its facts
   * @param below the folders come here
   */
  public static List<Path> cut(RunFolder run, int injectors, long seed, Path below) {
    Random random = new Random(seed);
    List<Path> folders = new ArrayList<>();
    List<LogWriter> logs = new ArrayList<>();
    int[] shiftMs = new int[injectors];
    RunMetadata facts = run.facts();
    LogReader.read(
        run.log(),
        reader -> {
          LogHeader header = reader.header();
          for (int i = 0; i < injectors; i++) {
            Path folder = below.resolve("injector-" + i);
            folders.add(folder);
            RunFolder part = new RunFolder(folder);
            part.write(part(facts, i, injectors));
            shiftMs[i] = random.nextInt(MOST_APART_MS);
            long start = header.startMs() - shiftMs[i];
            logs.add(
                new LogWriter(
                    part.log(),
                    LogReader.VERSION,
                    new LogHeader(header.simulation(), start, header.scenarios())));
          }
          return new LogVisitor() {
            @Override
            public void user(int scenario, boolean start, int atMs) {
              int to = random.nextInt(injectors);
              logs.get(to).user(scenario, start, atMs + shiftMs[to]);
            }

            @Override
            public void request(
                int group, int name, int startMs, int endMs, boolean ok, int message) {
              int to = random.nextInt(injectors);
              logs.get(to)
                  .request(
                      reader.text(group),
                      reader.text(name),
                      startMs + shiftMs[to],
                      endMs + shiftMs[to],
                      ok,
                      reader.text(message));
            }
          };
        });
    logs.forEach(LogWriter::close);
    folders.forEach(folder -> LogSeal.write(new RunFolder(folder)));
    copyTheRest(run, new RunFolder(folders.get(0)));
    return folders;
  }

  /** What was seen of the system is known to the first one. */
  private static void copyTheRest(RunFolder run, RunFolder first) {
    for (String file : List.of("resources.json", "database.json", "examples.json")) {
      Path from = run.path().resolve("kcp").resolve(file);
      try {
        if (Files.exists(from)) {
          Files.copy(from, first.file(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static RunMetadata part(RunMetadata facts, int injector, int injectors) {
    ObjectNode setup = JSON.valueToTree(facts.setup());
    setup.put("injector", injector);
    setup.put("injectors", injectors);
    List<Phase> phases = new ArrayList<>();
    for (Phase phase : facts.phases()) {
      Map<String, Double> rps = new LinkedHashMap<>();
      phase.rps().forEach((service, rate) -> rps.put(service, rate / injectors));
      phases.add(
          new Phase(
              phase.name(),
              phase.startSecond(),
              phase.endSecond(),
              phase.hold(),
              phase.users() / injectors,
              phase.arrivals() / injectors,
              rps));
    }
    try {
      return new RunMetadata(
          JSON.treeToValue(setup, RunSetup.class),
          facts.operations(),
          facts.shares(),
          phases,
          facts.startedAtMs(),
          facts.plannedArrivals() / injectors,
          facts.end(),
          List.of(),
          0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
