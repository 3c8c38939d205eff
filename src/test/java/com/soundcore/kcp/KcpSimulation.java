package com.soundcore.kcp;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.lifecycle.Exit;
import com.soundcore.kcp.lifecycle.Run;
import com.soundcore.kcp.preflight.Refusal;
import io.gatling.javaapi.core.Simulation;

/**
 * A test. A subclass adds nothing: its name says which test of {@code conf/tests.conf} it is.
 *
 * <p>What is wrong before the load starts ends the JVM with exit code 3 and a message for people.
 */
public abstract class KcpSimulation extends Simulation {
  private final Run run;

  protected KcpSimulation() {
    Run prepared = null;
    try {
      prepared = new Run(getClass().getSimpleName());
      setUp(prepared.populations())
          .protocols(prepared.protocol())
          .assertions(prepared.assertions());
    } catch (ConfigException | Refusal refused) {
      Exit.invalid(refused.getMessage());
    }
    run = prepared;
  }

  @Override
  public void before() {
    try {
      run.prepare();
    } catch (ConfigException | Refusal refused) {
      Exit.invalid(refused.getMessage());
    }
  }

  @Override
  public void after() {
    run.finish();
  }
}
