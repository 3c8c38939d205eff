package com.soundcore.kcp.cli;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.onboarding.Seeder;
import com.soundcore.kcp.preflight.ProductionGuard;
import com.soundcore.kcp.session.Tokens;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kcp seed}: fills a deployment with representative data. */
@Command(
    name = "seed",
    description =
        "Fills a deployment with representative data through its API; goes on where it was"
            + " stopped.")
final class SeedCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<environment>", description = "such as staging")
  private String environment;

  @Option(names = "--remove", description = "remove the items again")
  private boolean remove;

  @Option(names = "--yes", description = "with --remove: do not ask")
  private boolean yes;

  @Override
  public Integer call() {
    Properties properties = new Properties();
    properties.putAll(System.getProperties());
    properties.put("kcp.env", environment);
    KcpConfig config = ConfigLoader.load(properties);
    Tokens tokens = Tokens.of(config);
    Http http = Http.of(config, tokens::any);
    Seeder seeder = new Seeder(config, http, System.out::println);
    ProductionGuard.checkCleanup(config, tokens.secret());
    tokens.start(http.withoutToken());
    if (remove) {
      Deletion.mustBeMeant(
          seeder.removable(),
          "items tagged " + config.sampleRows().tag() + " of " + environment,
          yes);
      System.out.println(seeder.remove());
      return 0;
    }
    System.out.println(seeder.fill());
    System.out.println("next: " + SuiteCommand.firstRun(environment));
    return 0;
  }
}
