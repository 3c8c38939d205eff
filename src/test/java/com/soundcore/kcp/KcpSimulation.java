package com.soundcore.kcp;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.lifecycle.ConsoleEncoding;
import com.soundcore.kcp.lifecycle.Exit;
import com.soundcore.kcp.lifecycle.Run;
import com.soundcore.kcp.run.Refusal;
import io.gatling.javaapi.core.Simulation;

/**
 * A test. A subclass adds nothing: its name says which test of {@code conf/tests.conf} it is.
 *
 * <p>What is wrong before the load starts ends the JVM with exit code 3 and a message for people.
 */
public abstract class KcpSimulation extends Simulation {
  private final Run run;

  protected KcpSimulation() {
    ConsoleEncoding.ensure();
    Run[] prepared = new Run[1];
    orInvalid(
        () -> {
          prepared[0] = new Run(getClass().getSimpleName());
          setUp(prepared[0].populations())
              .protocols(prepared[0].protocol())
              .assertions(prepared[0].assertions());
        });
    run = prepared[0];
  }

  @Override
  public void before() {
    orInvalid(run::prepare);
  }

  @Override
  public void after() {
    if (run.keepsLog()) {
      orInvalid(run::finish);
    } else {
      run.finish();
    }
  }

  /** Gatling would answer with a stack trace, and might not end: its own threads go on. */
  private static void orInvalid(Runnable step) {
    try {
      step.run();
    } catch (ConfigException | Refusal refused) {
      Exit.invalid(refused.getMessage());
    } catch (RuntimeException | Error unexpected) {
      Exit.unexpected(unexpected);
    }
  }
}
