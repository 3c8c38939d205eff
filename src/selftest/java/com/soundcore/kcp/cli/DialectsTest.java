package com.soundcore.kcp.cli;

import static com.soundcore.kcp.testkit.DialectFront.document;
import static com.soundcore.kcp.testkit.DialectFront.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.onboarding.Seeder;
import com.soundcore.kcp.preflight.Preflight;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.CrookedDeployment;
import com.soundcore.kcp.testkit.DialectFront;
import com.soundcore.kcp.testkit.DialectFront.Call;
import com.soundcore.kcp.testkit.DialectFront.Dialect;
import com.soundcore.kcp.testkit.Gateway.Passing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deployments that speak the API in another way: init, seed and preflight make them right, or are
 * refused with the true reason.
 */
class DialectsTest {
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");
  private static final String FEW =
      "\nkcp.sample-rows { calls-per-second = 1000, products = 40, items = 60 }\n";
  private static final String UUID = "00000000-0000-4000-8000-";

  @RegisterExtension private static final CrookedDeployment deployment = new CrookedDeployment();

  @TempDir private Path folder;

  /** What init said, and the preflight's refusal; empty for none. */
  private record Day(String said, String file, String refusal, List<String> caveats) {}

  private static Dialect described(String document, Dialect dialect) {
    return (call, real) ->
        call.is("GET /openapi.json") ? json(200, document) : dialect.answer(call, real);
  }

  private Day day(Dialect dialect) throws IOException {
    try (DialectFront front = new DialectFront(deployment.port("knowledge"), dialect)) {
      List<String> urls = new ArrayList<>();
      for (String service : SERVICES) {
        String url =
            service.equals("knowledge")
                ? front.url()
                : "http://127.0.0.1:" + deployment.port(service);
        urls.add("--url=" + service + "=" + url);
      }
      return day(urls);
    }
  }

  private Day day(List<String> urls) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("init", "mine", "--into=" + folder));
    arguments.addAll(urls);
    PrintStream console = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    try {
      Kcp.commandLine().execute(arguments.toArray(String[]::new));
    } finally {
      System.setOut(console);
    }
    String said = output.toString(StandardCharsets.UTF_8);
    Path written = folder.resolve("mine.conf");
    assertThat(written).as(said).exists();
    String file = Files.readString(written);
    KcpConfig config = ConfigLoader.withEnvironment("mine", file + FEW);
    Http http = new Http(Duration.ofSeconds(10), Optional.empty());
    try {
      assertThat(new Seeder(config, http, line -> {}).fill()).contains("60 items are there");
      Preflight.Found found = Preflight.of(config, http, config.workloads().get("tour"));
      return new Day(said, file, "", found.caveats());
    } catch (Refusal refused) {
      return new Day(said, file, refused.getMessage(), List.of());
    } finally {
      remove(config, http);
    }
  }

  private static void remove(KcpConfig config, Http http) {
    try {
      new Seeder(config, http, line -> {}).remove();
    } catch (Refusal nothingToRemove) {
      // the day ended earlier
    }
  }

  private static String replaced(String text, String regex, Function<MatchResult, String> by) {
    return Pattern.compile(regex).matcher(text).replaceAll(by);
  }

  private static Passing changed(Passing answer, UnaryOperator<String> change) {
    return new Passing(answer.status(), answer.headers(), change.apply(answer.body()));
  }

  @Test
  void aSlugIsRequired() throws IOException {
    Dialect strict =
        (call, real) ->
            call.is("POST /api/v1/products/") && !call.body().contains("\"slug\":\"")
                ? json(422, "{\"detail\":\"Field required: slug\"}")
                : real.apply(
                    call.is("POST /api/v1/products/")
                        ? call.with(call.body().replace("\"A3", "\"T3"))
                        : call);
    Day day = day(described(document("knowledge"), strict));
    assertThat(day.refusal()).isEmpty();
  }

  @Test
  void valuesAreInUpperCase() throws IOException {
    String upper =
        replaced(
                document("knowledge"),
                "\"pattern\": \"\\^\\((faq[a-z|]+)\\)\\$\"",
                found ->
                    "\"enum\": [\""
                        + found.group(1).toUpperCase(Locale.ROOT).replace("|", "\", \"")
                        + "\"]")
            .replace(
                "\"category\": {\n      \"type\": \"string\",",
                "\"category\": {\n"
                    + "      \"type\": \"string\", \"enum\": [\"EARBUDS\", \"HEADPHONES\","
                    + " \"SPEAKERS\", \"ACCESSORIES\"],");
    Dialect dialect =
        (call, real) -> {
          if (call.body().contains("\"type\":\"faq\"") || call.target().contains("category=ear")) {
            return json(422, "{\"detail\":\"not an allowed value\"}");
          }
          return real.apply(
              call.with(lower(call.body()))
                  .to(
                      replaced(
                          call.target(),
                          "category=\\w+",
                          m -> m.group().toLowerCase(Locale.ROOT))));
        };
    Day day = day(described(withCategories(upper), dialect));
    assertThat(day.refusal()).isEmpty();
    assertThat(day.file()).contains("values.type.one-of = [\"FAQ\", \"GUIDE\"");
  }

  private static String withCategories(String document) {
    return document.replaceFirst(
        "(?s)(\"name\": \"category\",.*?\"schema\": \\{)(.*?)\"anyOf\": \\[.*?\\],",
        "$1$2\"type\": \"string\", \"enum\": [\"EARBUDS\", \"HEADPHONES\", \"SPEAKERS\","
            + " \"ACCESSORIES\"],");
  }

  private static String lower(String body) {
    return replaced(
        body, "\"(type|category)\":\"(\\w+)\"", m -> m.group().toLowerCase(Locale.ROOT));
  }

  @Test
  void pagesAreCountedByOffset() throws IOException {
    String offsets =
        document("knowledge")
            .replace("\"name\": \"page\"", "\"name\": \"offset\"")
            .replace("\"name\": \"page_size\"", "\"name\": \"limit\"")
            .replace("\"maximum\": 100", "\"exclusiveMaximum\": 51");
    Dialect dialect =
        (call, real) -> {
          if (!call.target().contains("offset=")) {
            return real.apply(call);
          }
          int offset = number(call.target(), "offset");
          int limit = number(call.target(), "limit");
          if (limit > 50) {
            return json(422, "{\"detail\":\"limit must be at most 50\"}");
          }
          String paged =
              call.target()
                  .replace("offset=" + offset, "page=" + (1 + offset / limit))
                  .replace("limit=", "page_size=");
          return changed(
              real.apply(call.to(paged)),
              body -> body.replaceAll(",\"(page|page_size|total_pages)\":\\d+", ""));
        };
    Day day = day(described(offsets, dialect));
    assertThat(day.refusal()).isEmpty();
    assertThat(day.file()).contains("?offset={offset}&limit=50");
  }

  private static int number(String target, String name) {
    return Integer.parseInt(target.replaceAll(".*\\b" + name + "=(\\d+).*", "$1"));
  }

  @Test
  void idsAreUuids() throws IOException {
    String document =
        document("knowledge")
            .replaceAll(
                "(\"name\": \"(item|product)_id\",\\s+\"in\": \"path\",\\s+\"required\":"
                    + " true,\\s+\"schema\": \\{\\s+\"type\": )\"integer\"",
                "$1\"string\", \"format\": \"uuid\"");
    Dialect dialect =
        (call, real) -> {
          String path = call.target().replaceAll("\\?.*", "");
          if (path.matches("/api/v1/(knowledge|products)/\\d+")) {
            return json(422, "{\"detail\":\"not a UUID\"}");
          }
          String target =
              replaced(call.target(), "/" + UUID + "0*(\\d+)", m -> "/" + m.group(1))
                  .replaceAll("/[0-9a-f]{8}-[0-9a-f-]+", "/2000000001");
          String body = replaced(call.body(), "\"" + UUID + "0*(\\d+)\"", m -> m.group(1));
          String asked = path.replaceAll(".*/", "");
          return changed(
              real.apply(call.to(target).with(body)),
              text ->
                  replaced(
                      text.replace("2000000001", asked),
                      "\"(id|product_id)\":(\\d+)",
                      m ->
                          "\"%s\":\"%s%012d\""
                              .formatted(m.group(1), UUID, Long.valueOf(m.group(2)))));
        };
    Day day = day(described(document, dialect));
    assertThat(day.refusal()).isEmpty();
    assertThat(day.file()).contains("/api/v1/knowledge/{absentid}");
  }

  @Test
  void oneGatewayHasAPrefixForEachServiceAndNoPagesOfThem() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode whole = (ObjectNode) json.readTree(document("knowledge"));
    ObjectNode paths = whole.putObject("paths");
    for (String service : SERVICES) {
      json.readTree(document(service))
          .path("paths")
          .properties()
          .forEach(route -> paths.set("/" + service + route.getKey(), route.getValue()));
    }
    String document = whole.toString();
    Dialect dialect =
        (call, real) -> {
          for (String service : SERVICES) {
            if (call.target().startsWith("/" + service + "/api/")) {
              return real.apply(
                  call.to(
                      "http://127.0.0.1:"
                          + deployment.port(service)
                          + call.target().substring(service.length() + 1)));
            }
          }
          return json(404, "{\"detail\":\"Not Found\"}");
        };
    try (DialectFront front = new DialectFront(0, described(document, dialect))) {
      Day day = day(List.of("--gateway=" + front.url()));
      assertThat(day.refusal()).isEmpty();
      assertThat(day.file())
          .contains("kcp.environment.pages.auth.health = \"none\"")
          .contains("operations.me.path = \"/auth/api/v1/users/me\"");
      assertThat(day.caveats())
          .anyMatch(
              caveat ->
                  caveat.startsWith(
                      "GATEWAY: analytics, auth, content, knowledge, support (no health page"));
    }
  }

  @Test
  void namesAreInCamelCase() throws IOException {
    String camel = replaced(document("knowledge"), "\"\\w+_\\w+\"", m -> camel(m.group()));
    Dialect dialect =
        (call, real) -> {
          if (call.target().contains("page_size") || call.body().contains("search_type")) {
            return json(422, "{\"detail\":\"unknown field\"}");
          }
          Call snake =
              call.to(call.target().replace("pageSize", "page_size"))
                  .with(replaced(call.body(), "\"[a-z]+[A-Z]\\w*\":", m -> snake(m.group())));
          return changed(
              real.apply(snake), body -> replaced(body, "\"[a-z]+_\\w+\":", m -> camel(m.group())));
        };
    Day day = day(described(camel, dialect));
    assertThat(day.refusal()).isEmpty();
    assertThat(day.file()).contains("pageSize=20", "totalPages");
  }

  private static String camel(String name) {
    return replaced(name, "_([a-z])", m -> m.group(1).toUpperCase(Locale.ROOT));
  }

  private static String snake(String name) {
    return replaced(name, "([A-Z])", m -> "_" + m.group(1).toLowerCase(Locale.ROOT));
  }

  @Test
  void aCookieTakesThePlaceOfAToken() throws IOException {
    Dialect dialect =
        (call, real) -> {
          if (call.is("GET /api/v1/users/me")
              && !call.headers().getOrDefault("cookie", "").equals("session=mine")) {
            return json(401, "{\"detail\":\"Not authenticated\"}");
          }
          Passing answer = real.apply(call);
          return call.is("POST /api/v1/auth/login")
              ? answer.with("Set-Cookie", "session=mine; Path=/; HttpOnly")
              : answer;
        };
    try (DialectFront front = new DialectFront(deployment.port("auth"), dialect)) {
      KcpConfig without = deployment.config("auth", front.url());
      assertThat(CrookedDeployment.refusal(without, Optional.empty()))
          .contains("auth   me", "401", "a cookie: kcp.sessions.token-header");
      KcpConfig saving =
          deployment.config(
              "auth",
              front.url(),
              "kcp.api.auth.operations.login.saves.session = \"cookie:session\"",
              "kcp.api.auth.operations.me.headers.Cookie = \"{saved.session}\"",
              "kcp.feeders.auth.weights = null",
              "kcp.feeders.auth { weights { verify = 30, login = 10 } }");
      assertThat(CrookedDeployment.check(saving, Optional.empty()).caveats()).isEmpty();
    }
  }

  @Test
  void errorsHaveTheStatusOfASuccess() throws IOException {
    Dialect dialect =
        (call, real) -> {
          Passing answer = real.apply(call);
          return answer.status() < 400
              ? answer
              : new Passing(
                  200,
                  Map.of("Content-Type", "application/json"),
                  "{\"error\":\"not found\",\"code\":404}");
        };
    Day day = day(described(document("knowledge"), dialect));
    assertThat(day.refusal())
        .contains("knowledge", "missing", "404", "200 {\"error\":\"not found\"")
        .contains("kcp.api.knowledge.operations.missing.status");
  }
}
