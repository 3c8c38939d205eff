package com.soundcore.kcp.backend;

import com.soundcore.kcp.testkit.BackendClient.Store;
import org.junit.jupiter.api.Tag;

@Tag("full")
class FourServicesOnPostgresTest extends FourServicesTest {
  @Override
  protected Store store() {
    return Store.POSTGRES;
  }
}
