package com.soundcore.kcp.preflight;

import static com.soundcore.kcp.testkit.CrookedDeployment.on;
import static com.soundcore.kcp.testkit.CrookedDeployment.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.CrookedDeployment;
import com.soundcore.kcp.testkit.Gateway;
import com.soundcore.kcp.testkit.Gateway.Passing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Deployments that are wrong in one place: each is refused in words that say what to do. */
class WrongDeploymentsTest {
  private static final String NOT_YET =
      "{\"message\":\"Coming soon\",\"status\":\"not_implemented\"}";
  private static final String API =
      """
      {"paths":{"/api/v1/knowledge/":{"get":{}},"/api/v1/statistics/":{"get":{}},
      "/api/v1/knowledge/{item_id}":{"get":{}},
      "/api/v1/products/":{"get":{"parameters":[{"name":"shop","in":"query","required":true}]}}}}\
      """;

  @RegisterExtension private static final CrookedDeployment deployment = new CrookedDeployment();

  static Stream<Arguments> twists() {
    Passing unauthorized = new Passing(401, "{\"detail\":\"Not authenticated\"}");
    Passing limited =
        new Passing(429, "{}").with("X-RateLimit-Limit", "1000").with("X-RateLimit-Remaining", "0");
    return Stream.of(
        Arguments.of(
            "empty catalogue",
            on("GET /api/v1/knowledge/?page", new Passing(200, "{\"items\":[],\"total\":0}")),
            List.of("at least 1,000 rows", "seed crooked")),
        Arguments.of(
            "a category without products",
            on(
                "GET /api/v1/products/?page=1&page_size=20&category=speakers",
                new Passing(200, "{\"items\":[],\"total\":0,\"sku\":0}")),
            List.of("It has no rows for this question", "seed crooked")),
        Arguments.of(
            "rows with ids under another key",
            list("\"id\":", "\"uid\":"),
            List.of("a row whose id is ''", "kcp.api.knowledge.collect.items.id")),
        Arguments.of(
            "rows with ids of other paths",
            list("\"id\":(\\d+)", "\"id\":\"../products/$1\""),
            List.of("a row whose id is '../products/", "kcp.api.knowledge.collect.items.id")),
        Arguments.of(
            "placeholder in a search",
            on("POST /api/v1/search/", new Passing(200, NOT_YET)),
            List.of("knowledge / search", "Is this the right service?", "contains")),
        Arguments.of(
            "forbidden",
            on("GET /api/v1/stats/", new Passing(403, "{\"detail\":\"Forbidden\"}")),
            List.of("403", "The signed-in user lacks the permission")),
        Arguments.of(
            "nobody signed in",
            on("GET /api", unauthorized),
            List.of("401", "It requires a bearer token: export KCP_TOKEN=…")),
        Arguments.of(
            "limited rate",
            on("GET /api/v1/stats/", limited),
            List.of("It limits the rate (1,000 calls in 60 s, 0 left)", "kcp.load-scale")),
        Arguments.of(
            "gateway that answers 200 to all",
            (Gateway.Twist)
                (call, real) ->
                    new Passing(200, "<html>ok</html>").with("Content-Type", "text/html"),
            List.of("Something else answers there, such as a gateway or a login page")),
        Arguments.of(
            "redirect of the whole service",
            (Gateway.Twist)
                (call, real) -> new Passing(302, "").with("Location", "https://login.invalid/"),
            List.of("It redirects to https://login.invalid/, and no redirect is followed")),
        Arguments.of(
            "redirect of a path without its slash",
            on(
                "GET /api/v1/stats/",
                new Passing(307, "").with("Location", "http://127.0.0.1/api/v1/stats/v2/")),
            List.of("It redirects to", "kcp.api.knowledge.operations.stats.path")),
        Arguments.of(
            "two services swapped",
            on(
                "GET /health",
                new Passing(200, "{\"status\":\"healthy\",\"service\":\"content-service\"}")),
            List.of("It is content: are two URLs swapped in kcp.environment.urls")),
        Arguments.of(
            "read-only database",
            on(
                "POST /api/v1/knowledge/",
                new Passing(500, "{\"error\":\"Internal Server Error\"}")),
            List.of("knowledge / create", "its database may be read-only")),
        Arguments.of(
            "a row that cannot be read",
            on(
                "GET /api/v1/knowledge/1",
                new Passing(500, "{\"error\":\"Internal Server Error\"}")),
            List.of("knowledge / get", "Look at the log of knowledge")),
        Arguments.of(
            "a proxy without its service",
            CrookedDeployment.always(502, "Bad Gateway"),
            List.of("A proxy or a gateway answers in its place")),
        Arguments.of(
            "maintenance",
            CrookedDeployment.always(503, "back soon"),
            List.of("A proxy or a gateway answers in its place")),
        Arguments.of(
            "not healthy under status 200",
            on("GET /health", new Passing(200, "{\"status\":\"degraded\"}")),
            List.of("200 with \"healthy\"", "kcp.health")),
        Arguments.of(
            "a prefix is missing",
            CrookedDeployment.always(404, "{\"detail\":\"Not Found\"}"),
            List.of("404", "Is the path right for this deployment? It is in kcp.health.path")),
        Arguments.of(
            "answers with other white space",
            (Gateway.Twist)
                (call, real) ->
                    new Passing(real.status(), real.headers(), real.body().replace(":", ": ")),
            List.of("Only the white space differs")),
        Arguments.of(
            "a route that is called otherwise",
            (Gateway.Twist)
                (call, real) ->
                    call.equals("GET /openapi.json")
                        ? new Passing(200, API)
                        : call.startsWith("GET /api/v1/stats/") ? new Passing(404, "{}") : real,
            List.of("its /openapi.json has no GET /api/v1/stats/; it has GET /api/v1/statistics/")),
        Arguments.of(
            "a parameter that is required",
            (Gateway.Twist)
                (call, real) ->
                    call.equals("GET /openapi.json")
                        ? new Passing(200, API)
                        : call.contains("category=") ? new Passing(422, "{}") : real,
            List.of("its /openapi.json requires ?shop=", "operations.products.path")),
        Arguments.of(
            "HTTP/2 alone",
            (Gateway.Twist) (call, real) -> new Passing(505, "HTTP Version Not Supported"),
            List.of("It accepts HTTP/2 only", "-Dkcp.sessions.http2=true")));
  }

  private static Gateway.Twist list(String regex, String by) {
    return (call, real) ->
        call.startsWith("GET /api/v1/knowledge/?page")
            ? new Passing(real.status(), real.headers(), real.body().replaceAll(regex, by))
            : real;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("twists")
  void isRefusedWithWhatToDo(String name, Gateway.Twist twist, List<String> words) {
    try (Gateway gateway = deployment.gateway("knowledge", twist)) {
      assertThat(refusal(deployment.config("knowledge", gateway.url()), Optional.empty()))
          .contains(words);
    }
  }
}
