package com.soundcore.kcp.onboarding;

import static com.soundcore.kcp.testkit.DialectFront.document;
import static com.soundcore.kcp.testkit.DialectFront.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.CrookedDeployment;
import com.soundcore.kcp.testkit.DialectFront;
import com.soundcore.kcp.testkit.DialectFront.Dialect;
import com.soundcore.kcp.testkit.Gateway.Passing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sample rows for deployments that ask for other bodies than the embedded backend. */
class SeederTest {
  private static final String FIELD_REQUIRED =
      "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"slug\"],\"msg\":\"Field"
          + " required\"}]}";

  @RegisterExtension private static final CrookedDeployment deployment = new CrookedDeployment();

  private final List<String> created = new CopyOnWriteArrayList<>();

  private Seeder seeder(DialectFront front, String... more) {
    KcpConfig config =
        deployment.config(
            "knowledge",
            front.url(),
            "kcp.sample-rows { calls-per-second = 1000, products = 40, items = 60 }",
            String.join("\n", more));
    return new Seeder(config, new Http(Duration.ofSeconds(10), Optional.empty()), line -> {});
  }

  /** A slug is required, categories are in upper case, and nobody has made an accessory yet. */
  private Dialect shop(String document) {
    return (call, real) -> {
      if (call.is("GET /openapi.json")) {
        return json(200, document);
      }
      if (call.is("POST /api/v1/products/")) {
        if (!call.body().contains("\"slug\":\"a3")) {
          return json(422, FIELD_REQUIRED);
        }
        created.add(call.body());
        return real.apply(
            call.with(call.body().replace("\"A3", "\"S3").replace("ACCESSORIES", "accessories")));
      }
      boolean none = created.stream().noneMatch(body -> body.contains("ACCESSORIES"));
      return call.target().contains("category=ACCESSORIES") && none
          ? json(200, "{\"items\":[],\"total\":0}")
          : real.apply(call.to(call.target().replace("=ACCESSORIES", "=accessories")));
    };
  }

  private static String upperCase() {
    return document("knowledge")
        .replace(
            "\"category\": {\n      \"type\": \"string\",",
            "\"category\": {\n"
                + "      \"type\": \"string\", \"enum\": [\"EARBUDS\",\"ACCESSORIES\"],");
  }

  private static final String ASKED =
      "kcp.feeders.knowledge.values.category.one-of = [ACCESSORIES]";

  @Test
  void bodiesHaveWhatTheDocumentRequiresAndEachCategoryThatARunAsksForIsThere() {
    try (DialectFront front = new DialectFront(deployment.port("knowledge"), shop(upperCase()))) {
      assertThat(seeder(front, ASKED).fill()).contains("60 items are there");
      assertThat(created).singleElement().asString().contains("\"category\":\"ACCESSORIES\"");
      assertThat(seeder(front, ASKED).fill()).contains("60 items are there");
      assertThat(created).hasSize(1);
      seeder(front).remove();
    }
  }

  @Test
  void aDeploymentWithoutADocumentIsRefusedWithItsAnswer() {
    Dialect silent =
        (call, real) ->
            call.is("GET /openapi.json") ? json(404, "{}") : shop("").answer(call, real);
    try (DialectFront front = new DialectFront(deployment.port("knowledge"), silent)) {
      assertThatThrownBy(() -> seeder(front, ASKED).fill())
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("POST " + front.url() + "/api/v1/products/ was answered with 422")
          .hasMessageContaining("slug");
    }
  }

  @Test
  void anErrorUnderAStatusThatSaysSuccessIsNoRow() {
    Dialect lying =
        (call, real) ->
            call.is("POST /api/v1/products/")
                ? json(200, "{\"error\":\"read only\"}")
                : real.apply(call);
    try (DialectFront front = new DialectFront(deployment.port("knowledge"), lying)) {
      assertThatThrownBy(() -> seeder(front, "kcp.sample-rows.products = 80").fill())
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("answered without the id of a new row: {\"error\":\"read only\"}");
    }
  }

  @Test
  void aListOfRowsWithoutIdsIsRefused() {
    Dialect nameless =
        (call, real) -> {
          Passing answer = real.apply(call);
          return call.is("GET /api/v1/products/")
              ? new Passing(
                  answer.status(), answer.headers(), answer.body().replace("\"id\":", "\"uid\":"))
              : answer;
        };
    try (DialectFront front = new DialectFront(deployment.port("knowledge"), nameless)) {
      assertThatThrownBy(() -> seeder(front).fill())
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("listed a row whose id is '', which is no id of one row");
    }
  }
}
