package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.testkit.BackendClient.Store;
import org.junit.jupiter.api.Tag;

@Tag("full")
class KeywordSearchOnPostgresTest extends KeywordSearchTest {
  @Override
  protected Store store() {
    return Store.POSTGRES;
  }
}
