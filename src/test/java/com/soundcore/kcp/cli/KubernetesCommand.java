package com.soundcore.kcp.cli;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.lifecycle.FleetManifests;
import java.time.LocalDateTime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kcp kubernetes}: prints the manifests of a run, for {@code kubectl apply -f -}. */
@Command(
    name = "kubernetes",
    description =
        "Prints the manifests of a run by several injectors: kcp kubernetes ... | kubectl apply -f"
            + " -")
final class KubernetesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<Test>", description = "such as Qps10k")
  private String test;

  @Option(names = "--injectors", required = true, description = "how many pods share the load")
  private int injectors;

  @Option(
      names = "--image",
      required = true,
      description = "of the suite, best with its digest: registry/kcp@sha256:...")
  private String image;

  @Option(names = "--env", description = "the environment, a file in conf/environments (kcp.env)")
  private String environment;

  @Option(
      names = "--cpu",
      defaultValue = "2",
      description = "that an injector asks for (${DEFAULT-VALUE})")
  private String cpu;

  @Option(names = "--memory", defaultValue = "2Gi", description = "of each pod (${DEFAULT-VALUE})")
  private String memory;

  @Option(
      names = "--secret",
      defaultValue = "kcp-secrets",
      description =
          "a Secret whose keys become environment variables, such as KCP_TOKEN (${DEFAULT-VALUE});"
              + " it need not exist")
  private String secret;

  @Option(
      names = "--results-claim",
      defaultValue = "",
      description =
          "a volume claim that keeps the reports; without one only the log has the verdict")
  private String claim;

  @Override
  public Integer call() {
    if (environment != null) {
      System.setProperty("kcp.env", environment);
    }
    KcpConfig config = ConfigLoader.load();
    FleetManifests.Order order =
        new FleetManifests.Order(
            Kcp.simulation(config, test), injectors, image, cpu, memory, secret, claim);
    System.out.println(
        new FleetManifests(config, order, System.getProperties())
            .yaml(LocalDateTime.now(), FleetManifests.token()));
    return 0;
  }
}
