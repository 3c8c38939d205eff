package com.soundcore.kcp.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.backend.Backend;
import com.soundcore.kcp.backend.BackendSettings;
import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.knowledge.Filter;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem;
import com.soundcore.kcp.backend.knowledge.KnowledgeSummary;
import com.soundcore.kcp.backend.knowledge.Product;
import com.soundcore.kcp.backend.knowledge.ProductStore;
import com.soundcore.kcp.backend.support.SupportStore.Conversation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rows of the services in a real PostgreSQL. */
class PostgresStoreTest extends PostgresFixture {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static KnowledgeItem.Draft draft(String title, String language) {
    return new KnowledgeItem.Draft(
        title,
        "50% of it_works",
        "in short",
        "guide",
        "draft",
        null,
        List.of("a", "b"),
        language,
        "test",
        "me");
  }

  private static Filter filter(String language) {
    return new Filter(
        List.of("guide", "faq"),
        List.of(),
        List.of("b"),
        List.of("draft"),
        Optional.of(language),
        Optional.of(0.0));
  }

  @Test
  void aKnowledgeItemIsWrittenChangedReadFoundAndCounted() {
    try (ServiceDatabase database = taken()) {
      KnowledgeRows rows = new KnowledgeRows(database);
      KnowledgeItem created = rows.create(draft("Zebrafish", "xx"), NOW);
      KnowledgeItem changed = rows.update(created, draft("Quokka", "yy"));
      assertThat(changed.id()).isEqualTo(created.id());
      assertThat(rows.get(created.id()).draft()).isEqualTo(draft("Quokka", "yy"));
      assertThat(rows.page(filter("xx"), 0, 10).items()).isEmpty();
      assertThat(rows.page(filter("yy"), 0, 10).total()).isEqualTo(1);
      assertThat(rows.page(filter("yy"), 0, 10).items().get(0).id()).isEqualTo(created.id());
      assertThat(rows.page(filter("yy"), 1, 10).items()).isEmpty();
      assertThat(rows.search("uoKK", 5).matches().get(0).item().id()).isEqualTo(created.id());
      // What stands in LIKE for anything is a letter of a search.
      assertThat(rows.search("50%_of", 5).matches()).isEmpty();
      assertThat(rows.search("0% of it_w", 5).matches()).hasSize(1);
      KnowledgeSummary before = rows.summary();
      rows.viewed(changed);
      rows.viewed(changed);
      rows.liked(changed);
      KnowledgeSummary after = rows.summary();
      assertThat(after.views()).isEqualTo(before.views() + 2).isEqualTo(rows.viewsToday());
      assertThat(after.likes()).isEqualTo(before.likes() + 1);
      assertThat(after.byLanguage()).containsEntry("yy", 1);
      assertThat(after.items()).isEqualTo(31);
      assertThat(after.mostViewed()).hasSize(10);
      assertThatThrownBy(() -> rows.get(4711)).isInstanceOf(NotFound.class);
      database.giveBack();
    }
  }

  @Test
  void aProductIsWrittenChangedAndListedByItsCategory() {
    ProductStore.Draft draft =
        new ProductStore.Draft("T-1", "m", "s", "lamps", "Lamp", "text", 10.5, true);
    ProductStore.Draft old =
        new ProductStore.Draft("T-1", "m", "s", "lamps", "Lamp", "text", 9, false);
    try (ServiceDatabase database = taken()) {
      ProductRows rows = new ProductRows(database);
      Product created = rows.create(draft, NOW).value();
      assertThat(rows.get(created.id()).value().price()).isEqualTo(10.5);
      assertThat(rows.get(created.id()).value().createdAt()).isEqualTo(NOW.toString());
      assertThat(rows.update(created, old).value().isActive()).isFalse();
      assertThat(rows.page(Optional.of("lamps"), Optional.of(false), 0, 5).products())
          .extracting(row -> row.value().id())
          .containsExactly(created.id());
      assertThat(rows.page(Optional.of("lamps"), Optional.of(true), 0, 5).total()).isZero();
      assertThat(rows.page(Optional.empty(), Optional.empty(), 0, 5).total()).isEqualTo(9);
      assertThatThrownBy(() -> rows.get(4711)).isInstanceOf(NotFound.class);
      database.giveBack();
    }
  }

  @Test
  void conversationsAndTicketsAreListedFromTheNewestOn() {
    try (ServiceDatabase database = taken()) {
      SupportRows rows = new SupportRows(database);
      int id = rows.chat("somebody", "a question");
      assertThat(rows.chats()).isEqualTo(7);
      Conversation newest = rows.conversations(0, 3).get(0).value();
      assertThat(newest.id()).isEqualTo(id);
      assertThat(newest.user()).isEqualTo("somebody");
      assertThat(newest.topic()).isEqualTo("a question");
      assertThat(newest.messages()).isEqualTo(2);
      assertThat(rows.ticketCount()).isEqualTo(5);
      assertThat(rows.tickets(1, 2)).extracting(row -> row.value().id()).containsExactly(4, 3);
      database.giveBack();
    }
  }

  @Test
  void searchesAndUsersAreCounted() {
    try (ServiceDatabase database = taken()) {
      SearchRows searches = new SearchRows(database);
      searches.searched("bass", 4);
      searches.searched("bass", 1);
      searches.searched("app", 1);
      assertThat(searches.searches()).isEqualTo(3);
      assertThat(searches.averageResults()).isEqualTo(2.0);
      assertThat(searches.top(1)).containsExactly(new SearchRows.Query("bass", 2));
      UserRows users = new UserRows(database);
      int id = users.register("a@example.org");
      assertThat(users.register("a@example.org")).isEqualTo(id);
      users.loggedIn("a@example.org");
      users.loggedIn("b@example.org");
      users.loggedIn("b@example.org");
      assertThat(users.idOf("a@example.org")).isEqualTo(id);
      assertThat(users.total()).isEqualTo(2);
      assertThat(users.registered()).isEqualTo(1);
      assertThat(users.loggedInAtLeast(2)).isEqualTo(1);
      database.giveBack();
    }
  }

  @Test
  void aStatementThatFailsIsTakenBackAndTheConnectionServesTheNextCall() {
    try (ServiceDatabase database = taken()) {
      database.run("INSERT INTO search_logs (query, results) VALUES ('lost', 1)");
      assertThat(database.size()).isEqualTo(1);
      assertThat(database.inUse()).isEqualTo(1);
      assertThat(database.waiting()).isZero();
      assertThat(database.tryTake()).isFalse();
      assertThatThrownBy(() -> database.number("SELECT no_column FROM users"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no_column");
      assertThatThrownBy(() -> database.run("DELETE FROM no_table"))
          .hasMessageContaining("current transaction is aborted");
      database.giveBack();
      database.take();
      assertThat(database.number("SELECT count(*) FROM search_logs WHERE query = 'lost'")).isZero();
      database.giveBack();
    }
  }

  @Test
  void aPoolThatHasNoConnectionSaysWhy() {
    String url = server.url().replace("/postgres", "/nowhere");
    try (ServiceDatabase none = new ServiceDatabase(url, "test", 1, Duration.ofMillis(250))) {
      assertThatThrownBy(none::take)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("database \"nowhere\" does not exist");
    }
  }

  private static String answer(Backend backend, String service, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + backend.ports().get(service) + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void theServicesAnswerFromTheRows() throws Exception {
    BackendSettings settings =
        new BackendSettings(
            Map.of("knowledge", 0, "support", 0),
            7,
            0,
            0,
            0,
            0,
            9,
            3,
            Duration.ofSeconds(5),
            false,
            Optional.of(server.url()),
            false,
            List.of());
    try (Backend backend = Backend.start(settings)) {
      assertThat(answer(backend, "knowledge", "/api/v1/products/1")).contains("\"id\":1,");
      assertThat(answer(backend, "support", "/ready")).contains("\"database\":\"ok\"");
    }
  }
}
