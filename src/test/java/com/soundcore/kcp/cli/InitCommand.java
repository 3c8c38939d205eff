package com.soundcore.kcp.cli;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.onboarding.Dialect;
import com.soundcore.kcp.onboarding.DialectMapper;
import com.soundcore.kcp.onboarding.Discovery;
import com.soundcore.kcp.onboarding.EnvironmentFile;
import com.soundcore.kcp.openapi.ApiDocument;
import com.soundcore.kcp.preflight.ProductionGuard;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.session.Tokens;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kcp init}: examines a deployment and writes its environment file. */
@Command(
    name = "init",
    description = "Looks at a deployment and writes conf/environments/<name>.conf.")
final class InitCommand implements Callable<Integer> {
  private static final String DIALECT = "planned-dialect";
  // Matched as text, since a file with other errors may still mark production.
  private static final Pattern MARKED =
      Pattern.compile("(?m)^[^#/]*\\bproduction\"?\\s*[=:]\\s*\"?(true|yes|on)\\b");

  @Parameters(paramLabel = "<name>", description = "of the environment, such as staging")
  private String name;

  @Option(names = "--gateway", description = "one URL for all services")
  private URI gateway;

  @Option(names = "--url", description = "service=URL, one for each service")
  private Map<String, URI> urls = new LinkedHashMap<>();

  @Option(names = "--production", description = "loading it shall need a confirmation by name")
  private boolean production;

  @Option(names = "--about", description = "a sentence for the reports")
  private String about;

  @Option(names = "--into", description = "the folder to write to; by itself that of the others")
  private Path folder = environments();

  @Option(
      names = "--openapi",
      description = "file or URL of its OpenAPI document, where it is not found by itself")
  private String openapi;

  @Option(names = "--force", description = "write over a file that is there")
  private boolean force;

  @Override
  public Integer call() {
    Path file = folder.resolve(checkedName() + ".conf");
    if (Files.exists(file) && !force) {
      throw new Refusal(
          "%s is there already. Another name, or write over it: %s"
              .formatted(file, SuiteCommand.kcp("init " + name + " --force …")));
    }
    KcpConfig config = ConfigLoader.load();
    Map<String, URI> all = urls(config);
    Tokens tokens = Tokens.of(config);
    String sentence = about == null ? "The deployment " + name + "." : about;
    List<String> hosts = all.values().stream().map(URI::getHost).toList();
    ProductionGuard.checkSecret(
        new Environment(name, sentence, production, false, hosts, all), tokens.secret());
    mustStayProduction(file, sentence, hosts, all);
    Discovery discovery = new Discovery(Http.of(config, tokens::any), all);

    List<Discovery.Look> looks = discovery.services(config);
    looks.forEach(
        look -> say("%-10s %s: %s", look.service(), all.get(look.service()), look.words()));
    Optional<String> dialect = dialect(discovery, config);
    EnvironmentFile environment = new EnvironmentFile(name, sentence, production, all, dialect);
    String pages = pages(discovery);
    KcpConfig plain = ConfigLoader.withEnvironment(name, environment.text() + pages);
    Http http = Http.of(config, tokens::any);
    Dialect differs = DialectMapper.all(plain, http, all, documents(discovery, plain, http, all));
    String text = environment.text() + pages(discovery) + differs.text();
    KcpConfig checked = ConfigLoader.withEnvironment(name, text);
    differs.overrides().forEach((key, value) -> say("%-10s %s: %s", "differs", key, value.why()));
    differs.unmapped().forEach(call -> say("%-10s %s", "unmapped", call));
    discovery.data(checked).forEach(line -> say("%-10s %s", "data", line));
    write(file, text);
    say("%-10s %s%s", "written", file, dialect.map(d -> ", with the paths of " + d).orElse(""));
    boolean healthy = looks.stream().allMatch(Discovery.Look::healthy);
    say("%-10s %s", "next", next(healthy, discovery.hasEnough(checked)));
    return 0;
  }

  /** Refuses to write a production environment without its mark. */
  private void mustStayProduction(
      Path file, String sentence, List<String> hosts, Map<String, URI> all) {
    if (production) {
      return;
    }
    String again = SuiteCommand.kcp("init " + name + " --production …");
    if (isMarked(file)) {
      throw new Refusal(
          "%s marks it as production, and --force does not change that. Write it as production: %s"
              .formatted(file, again));
    }
    ProductionGuard.placeOf(new Environment(name, sentence, false, false, hosts, all))
        .ifPresent(
            place -> {
              throw new Refusal(
                  "%s is marked production by conf/environments/%s.conf. Write it as production: %s"
                      .formatted(place.url(), place.environment(), again));
            });
  }

  private static boolean isMarked(Path file) {
    try {
      return Files.exists(file) && MARKED.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the folder of the other environments: in the checkout, or in the installation. */
  private static Path environments() {
    Path checkout = Path.of("conf", "environments");
    URL installed = InitCommand.class.getClassLoader().getResource("environments/local.conf");
    if (Files.isDirectory(checkout)
        || installed == null
        || !installed.getProtocol().equals("file")) {
      return checkout;
    }
    return Path.of(URI.create(installed.toString())).getParent();
  }

  private String checkedName() {
    if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
      throw new Refusal(
          "'%s' is not a valid name of an environment; use lower-case letters, digits and '-', such as staging-eu."
              .formatted(name));
    }
    return name;
  }

  private Map<String, URI> urls(KcpConfig config) {
    urls.keySet().stream()
        .filter(name -> !config.allServices().containsKey(name))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw new Refusal(
                  "There is no service '%s' (--url); the services are %s."
                      .formatted(unknown, String.join(", ", config.allServices().keySet())));
            });
    Map<String, URI> all = new LinkedHashMap<>();
    for (String service : config.serviceNames()) {
      URI url = urls.getOrDefault(service, gateway);
      all.put(service, plain(service, url == null ? asked(service) : url));
    }
    return all;
  }

  private static URI asked(String service) {
    Console console = System.console();
    String answer = console == null ? null : console.readLine("URL of %s: ", service);
    if (answer == null || answer.isBlank()) {
      throw new Refusal(
          "The URL of %s is missing. Such as: %s, or --url %s=http://127.0.0.1:8001 for each service."
              .formatted(
                  service,
                  SuiteCommand.kcp("init staging --gateway https://kcp.staging.example"),
                  service));
    }
    try {
      return new URI(answer.strip());
    } catch (URISyntaxException notAUri) {
      throw new Refusal("'%s' is no URL.".formatted(answer.strip()));
    }
  }

  private static URI plain(String service, URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getUserInfo() != null) {
      throw new ConfigException(
          List.of(
              "the URL of %s must be one such as http://127.0.0.1:8001, without user and password"
                  .formatted(service)));
    }
    String text = url.toString();
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  /** Returns the configuration lines for pages that a gateway serves at unusual paths. */
  private static String pages(Discovery discovery) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(discovery.pages())
        .forEach(
            (key, place) ->
                lines.append("kcp.environment.pages.%s = \"%s\"\n".formatted(key, place)));
    return lines.isEmpty()
        ? ""
        : "\n# Pages that are not at their usual paths; none: it shows no such page.\n" + lines;
  }

  private Map<String, ApiDocument> documents(
      Discovery discovery, KcpConfig config, Http http, Map<String, URI> all) {
    if (openapi == null) {
      return discovery.documents(config);
    }
    String text = openapi.matches("https?://.*") ? fetched(http, all) : file(openapi);
    Map<String, ApiDocument> documents = new LinkedHashMap<>();
    all.forEach(
        (service, url) ->
            documents.put(
                service,
                ApiDocument.of(text, url)
                    .orElseThrow(
                        () ->
                            new Refusal(
                                "%s is no OpenAPI document in JSON: it has no paths (--openapi)."
                                    .formatted(openapi)))));
    return documents;
  }

  /** Reads the OpenAPI document. Other hosts get no token. */
  private String fetched(Http http, Map<String, URI> all) {
    String host = URI.create(openapi).getHost();
    boolean ours = all.values().stream().anyMatch(url -> url.getHost().equals(host));
    return (ours ? http : http.withoutToken()).call("GET", openapi, null).body();
  }

  private static String file(String name) {
    try {
      return Files.readString(Path.of(name));
    } catch (IOException e) {
      throw new Refusal("%s cannot be read (--openapi): %s".formatted(name, e.getMessage()));
    }
  }

  private static Optional<String> dialect(Discovery discovery, KcpConfig config) {
    if (discovery.fits(config)) {
      return Optional.empty();
    }
    Properties other = new Properties();
    other.put("kcp.env", DIALECT);
    return discovery.fits(ConfigLoader.load(other)) ? Optional.of(DIALECT) : Optional.empty();
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new Refusal("%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }

  private String next(boolean healthy, boolean enough) {
    if (!healthy) {
      return "start what is not healthy, or correct its URL in the file; then the same command with"
          + " --force";
    }
    return enough || production ? SuiteCommand.firstRun(name) : SuiteCommand.kcp("seed " + name);
  }

  private static void say(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
