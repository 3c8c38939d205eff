package com.soundcore.kcp.testkit;

import com.soundcore.kcp.testkit.BackendClient.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests that share one backend: it starts before the first of them and ends after the last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OnOneBackend {
  protected BackendClient backend;

  /** Returns where the backend's rows are: in memory, unless a subclass says otherwise. */
  protected Store store() {
    return Store.MEMORY;
  }

  @BeforeAll
  void start() {
    backend = BackendClient.on(store());
  }

  @AfterAll
  void stop() {
    if (backend != null) {
      backend.close();
    }
  }
}
