package com.soundcore.kcp.cli;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.lifecycle.Conducting;
import com.soundcore.kcp.lifecycle.Exit;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kcp conduct}: makes several injectors act as one, and judges their merged run. */
@Command(
    name = "conduct",
    description =
        "Conducts a test that several injectors share: one start, one stop, one verdict; its exit"
            + " code is the verdict's.")
final class ConductCommand implements Callable<Integer> {
  private static final int PORT = 7464;

  @Parameters(paramLabel = "<Test>", description = "such as Qps10k")
  private String test;

  @Option(
      names = "--injectors",
      required = true,
      description = "how many share the load; each is started with -Dkcp.injector.conductor=<url>")
  private int injectors;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "where it listens: a loopback or private address (${DEFAULT-VALUE})")
  private String host;

  @Option(names = "--port", description = "0 for any that is free (${DEFAULT-VALUE})")
  private int port = PORT;

  @Option(names = "--into", description = "the folder of the run; else one in kcp.results-folder")
  private Path into;

  @Override
  public Integer call() {
    KcpConfig config = ConfigLoader.load();
    String simulation = Kcp.simulation(config, test);
    Path folder = into == null ? folder(config, simulation) : into;
    Conducting.Result result =
        Conducting.conduct(
            config,
            new Conducting.Order(simulation, injectors, host, port, folder),
            System.getenv());
    result.broken().ifPresent(why -> System.out.println("INVALID: " + why));
    if (result.parts().isEmpty()) {
      if (result.broken().isEmpty()) {
        System.out.println("INVALID: no injector has delivered what it measured");
      }
      return Status.INVALID.exitCode();
    }
    RunFolder merged = Merge.merge(result.parts(), folder, 0, false);
    JudgedRun judged = RunJudge.judgeAndWrite(merged, config);
    Exit.lines(judged).forEach(System.out::println);
    return result.broken().isPresent()
        ? Status.INVALID.exitCode()
        : judged.verdict().status().exitCode();
  }

  private static Path folder(KcpConfig config, String simulation) {
    String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss"));
    return Path.of(
        config.run().resultsFolder(),
        simulation.toLowerCase(java.util.Locale.ROOT) + "-fleet-" + time);
  }
}
