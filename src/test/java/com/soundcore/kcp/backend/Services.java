package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.analytics.AnalyticsApi;
import com.soundcore.kcp.backend.auth.AuthApi;
import com.soundcore.kcp.backend.auth.UserStore;
import com.soundcore.kcp.backend.auth.UsersInMemory;
import com.soundcore.kcp.backend.content.ContentApi;
import com.soundcore.kcp.backend.fault.FaultEffects;
import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.http.ConnectionPool;
import com.soundcore.kcp.backend.http.CountedPool;
import com.soundcore.kcp.backend.http.LoadClock;
import com.soundcore.kcp.backend.knowledge.DraftReader;
import com.soundcore.kcp.backend.knowledge.KnowledgeApi;
import com.soundcore.kcp.backend.knowledge.KnowledgeInMemory;
import com.soundcore.kcp.backend.knowledge.KnowledgeStore;
import com.soundcore.kcp.backend.knowledge.ProductApi;
import com.soundcore.kcp.backend.knowledge.ProductStore;
import com.soundcore.kcp.backend.knowledge.ProductsInMemory;
import com.soundcore.kcp.backend.knowledge.SearchApi;
import com.soundcore.kcp.backend.knowledge.SearchIndex;
import com.soundcore.kcp.backend.knowledge.SearchLog;
import com.soundcore.kcp.backend.knowledge.SearchesInMemory;
import com.soundcore.kcp.backend.postgres.KnowledgeRows;
import com.soundcore.kcp.backend.postgres.ProductRows;
import com.soundcore.kcp.backend.postgres.SearchRows;
import com.soundcore.kcp.backend.postgres.ServiceDatabase;
import com.soundcore.kcp.backend.postgres.SupportRows;
import com.soundcore.kcp.backend.postgres.UserRows;
import com.soundcore.kcp.backend.server.ServiceServer;
import com.soundcore.kcp.backend.support.SupportApi;
import com.soundcore.kcp.backend.support.SupportInMemory;
import com.soundcore.kcp.backend.support.SupportStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The services of a process, wired with their stores.
 *
 * @param servers by service
 * @param rows completes when the stores are filled
 * @param pools of database connections; none in memory
 */
record Services(
    Map<String, ServiceServer> servers, CompletableFuture<Void> rows, List<ServiceDatabase> pools) {
  /** The stores of a service. */
  private record Stores(
      KnowledgeStore knowledge,
      ProductStore products,
      SearchLog searches,
      SupportStore support,
      UserStore users) {}

  void close() {
    pools.forEach(ServiceDatabase::close);
  }

  void awaitRows() {
    rows.join();
  }

  static Services inMemory(BackendSettings settings, LoadClock clock) {
    ProductsInMemory products = new ProductsInMemory();
    KnowledgeInMemory knowledge =
        new KnowledgeInMemory(
            settings.maxItems() > settings.items() ? settings.items() : 0,
            settings.maxItems(),
            new SearchIndex());
    // Filling the index takes longest. It runs while the rest of the backend is loaded.
    CompletableFuture<Void> filled =
        CompletableFuture.runAsync(
            () ->
                new SampleData(settings.seed())
                    .fill(
                        settings.products(),
                        settings.items(),
                        products::create,
                        knowledge::createWithHistory));
    SampleData data = new SampleData(settings.seed());
    Stores stores =
        new Stores(
            knowledge,
            products,
            new SearchesInMemory(),
            new SupportInMemory(
                data.conversations(settings.conversations()), data.tickets(settings.tickets())),
            new UsersInMemory());
    Map<String, ServiceServer> servers = new LinkedHashMap<>();
    for (String name : settings.ports().keySet()) {
      ConnectionPool pool = new CountedPool(settings.poolSize(), settings.poolTimeout());
      servers.put(name, serving(name, pool, stores, settings, settings.faults(), clock));
    }
    return new Services(servers, filled, List.of());
  }

  /**
   * Wires services on PostgreSQL. Each service has its own pool; the rows are in the shared
   * database.
   */
  static Services inPostgres(BackendSettings settings, LoadClock clock) {
    List<ServiceDatabase> pools = new ArrayList<>();
    Map<String, ServiceServer> servers = new LinkedHashMap<>();
    for (String name : settings.ports().keySet()) {
      Optional<PlantedFault> small =
          settings.faults().stream()
              .filter(fault -> fault.service().equals(name) && fault.kind().equals("pool"))
              .findFirst();
      ServiceDatabase database =
          new ServiceDatabase(
              settings.database().orElseThrow(),
              name,
              small.map(fault -> (int) fault.size()).orElse(settings.poolSize()),
              small
                  .map(fault -> Duration.ofMillis(fault.lastingMs()))
                  .orElse(settings.poolTimeout()));
      pools.add(database);
      Stores stores =
          new Stores(
              new KnowledgeRows(database),
              new ProductRows(database),
              new SearchRows(database),
              new SupportRows(database),
              new UserRows(database));
      List<PlantedFault> faults =
          settings.faults().stream()
              .map(fault -> fault.kind().equals("pool") ? fault.as(FaultEffects.HELD) : fault)
              .toList();
      servers.put(name, serving(name, database, stores, settings, faults, clock));
    }
    return new Services(servers, CompletableFuture.completedFuture(null), pools);
  }

  private static ServiceServer serving(
      String name,
      ConnectionPool pool,
      Stores stores,
      BackendSettings settings,
      List<PlantedFault> faults,
      LoadClock clock) {
    ServiceServer server = new ServiceServer(name, pool, !settings.hidePool(), faults, clock);
    switch (name) {
      case "knowledge" -> {
        boolean planned = settings.plannedDialect();
        new KnowledgeApi(stores.knowledge(), new DraftReader(stores.products()))
            .serve(server, planned);
        new SearchApi(stores.knowledge(), stores.searches()).serve(server, planned);
        new ProductApi(stores.products()).serve(server);
      }
      case "content" -> new ContentApi().serve(server);
      case "support" -> new SupportApi(stores.support()).serve(server);
      case "analytics" ->
          new AnalyticsApi(stores.knowledge(), stores.searches(), stores.support(), stores.users())
              .serve(server);
      case "auth" -> new AuthApi(stores.users()).serve(server);
      default -> throw new IllegalArgumentException("there is no service '" + name + "'");
    }
    return server;
  }
}
