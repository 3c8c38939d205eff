package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.services.AnswerPart;
import com.soundcore.kcp.config.services.Exchange;
import com.soundcore.kcp.config.services.Feeder;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Service.Cleanup;
import com.soundcore.kcp.config.services.Service.Collection;
import com.soundcore.kcp.config.services.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A reader of services from {@code kcp.api}, {@code kcp.feeders} and {@code kcp.targets}. */
final class ServiceReader {
  private static final double MAX_RATE = 10_000_000;
  private static final double MAX_SKEW = 10;

  private final Section api;
  private final Section feeders;
  private final Section targets;
  private final List<String> placeholders;

  /**
   * @param placeholders full names of operations that may respond that they are not implemented
   */
  ServiceReader(Section kcp, List<String> placeholders) {
    this.placeholders = placeholders;
    this.api = kcp.section("api");
    this.feeders = kcp.section("feeders");
    this.targets = kcp.section("targets");
  }

  Map<String, Service> read() {
    Map<String, Service> services = new TreeMap<>();
    api.others().forEach((name, section) -> services.put(name, service(name, section)));
    return services;
  }

  private Service service(String name, Section section) {
    Map<String, Operation> operations = new LinkedHashMap<>();
    section
        .section("operations")
        .others()
        .forEach(
            (operation, fields) -> operations.put(operation, operation(name, operation, fields)));
    Map<String, Collection> collections = new LinkedHashMap<>();
    if (section.has("collect")) {
      section.section("collect").others().forEach((key, s) -> collections.put(key, collection(s)));
    }
    Optional<Cleanup> cleanup =
        section.has("cleanup")
            ? Optional.of(cleanup(section.section("cleanup")))
            : Optional.empty();
    return new Service(
        name, operations, collections, cleanup, feeder(feeders.section(name)), target(name));
  }

  private Operation operation(String service, String name, Section section) {
    return new Operation(
        service,
        name,
        section.choice("method", List.of("GET", "POST", "PUT", "DELETE")),
        section.path("path"),
        body(section),
        (int) section.wholeNumber("status", 100, 599),
        section.texts("contains"),
        section.has("forbids") ? section.texts("forbids") : List.of(),
        placeholders.contains(service + " / " + name),
        section.has("costly") && section.flag("costly"),
        optional(section, "distinct"),
        optional(section, "effect"),
        optional(section, "adds-to"),
        section.has("finds") ? Optional.of(finds(section.section("finds"))) : Optional.empty(),
        exchange(section));
  }

  private static String body(Section section) {
    if (!section.has("form")) {
      return section.has("body") ? section.text("body") : "";
    }
    if (section.has("body") && !section.text("body").isEmpty()) {
      section.problem("form", "and body exclude each other; set body = \"\" for a form");
    }
    Section form = section.section("form");
    return form.keys().stream()
        .map(key -> encoded(key) + "=" + encoded(form.text(key)))
        .collect(Collectors.joining("&"));
  }

  /** Encodes a text for a form, except its {name} variables. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%7B", "{").replace("%7D", "}");
  }

  private static Exchange exchange(Section section) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (section.has("headers")) {
      Section named = section.section("headers");
      named.keys().forEach(name -> named.headerName(name, name));
      named.keys().forEach(name -> headers.put(name, named.headerValue(name)));
    }
    Map<String, AnswerPart> saves = new LinkedHashMap<>();
    if (section.has("saves")) {
      Section named = section.section("saves");
      named.keys().forEach(name -> part(named, name).ifPresent(part -> saves.put(name, part)));
    }
    String templates =
        section.path("path")
            + body(section)
            + String.join("", section.texts("contains"))
            + String.join("", headers.values());
    return new Exchange(
        section.has("form"), headers, saves, Exchange.SAVED.matcher(templates).find());
  }

  private static Optional<AnswerPart> part(Section section, String name) {
    Optional<AnswerPart> part = AnswerPart.of(section.text(name));
    if (part.isEmpty()) {
      section.problem(name, "was '%s'; must be %s".formatted(section.text(name), AnswerPart.FORMS));
    }
    if (!name.matches("[a-z]+")) {
      section.problem(name, "must have a name of small letters, such as token");
    }
    return part;
  }

  private static Operation.Finds finds(Section section) {
    return new Operation.Finds(
        section.text("collection"), section.text("key"), section.text("value"));
  }

  private static Optional<String> optional(Section section, String key) {
    return section.has(key) ? Optional.of(section.text(key)) : Optional.empty();
  }

  private static Collection collection(Section section) {
    return new Collection(
        section.path("path"),
        section.text("array"),
        section.text("id"),
        section.text("total"),
        (int) section.wholeNumber("pages", 1, 10_000),
        section.wholeNumber("at-least", 1, 1_000_000_000),
        section.has("except") ? section.texts("except") : List.of());
  }

  private static Cleanup cleanup(Section section) {
    return new Cleanup(
        section.path("find"),
        section.text("array"),
        section.text("id"),
        section.text("tags"),
        section.path("remove"),
        (int) section.wholeNumber("status", 100, 599));
  }

  private Target target(String service) {
    Section section = targets.section(service);
    Target whole =
        new Target(
            section.number("requests-per-second", 0, MAX_RATE),
            PercentileReader.with95(section),
            section.share("error-rate"));
    Map<String, Target> own = new TreeMap<>();
    if (section.has("operations")) {
      section.section("operations").others().forEach((name, s) -> own.put(name, own(whole, s)));
    }
    return new Target(whole.requestsPerSec(), whole.percentiles(), whole.errorRate(), own);
  }

  /** An operation inherits the limits that it does not set. */
  private static Target own(Target whole, Section section) {
    SortedMap<Double, Duration> percentiles = new TreeMap<>(whole.percentiles());
    percentiles.putAll(PercentileReader.in(section));
    return new Target(
        whole.requestsPerSec(),
        percentiles,
        section.has("error-rate") ? section.share("error-rate") : whole.errorRate());
  }

  private static Feeder feeder(Section section) {
    Map<String, Integer> weights = weights(section.section("weights"));
    Map<String, Feeder.Value> values = new LinkedHashMap<>();
    section.section("values").others().forEach((name, s) -> values.put(name, value(s)));
    return new Feeder(weights, values);
  }

  static Map<String, Integer> weights(Section section) {
    Map<String, Integer> weights = new TreeMap<>();
    for (String name : section.keys()) {
      weights.put(name, (int) section.wholeNumber(name, 1, 10_000));
    }
    if (weights.isEmpty()) {
      section.problem("*", "has no entry; name at least one with its weight, such as list = 10");
    }
    return weights;
  }

  private static Feeder.Value value(Section section) {
    double skew = section.has("skew") ? section.number("skew", 0, MAX_SKEW) : 0;
    if (section.has("lines")) {
      return new Feeder.Texts(lines(section, section.text("lines")), skew);
    }
    if (section.has("one-of")) {
      return new Feeder.Texts(section.texts("one-of"), skew);
    }
    if (section.has("catalog")) {
      return new Feeder.Ids(section.text("catalog"), skew);
    }
    int from = (int) section.wholeNumber("from", 0, Integer.MAX_VALUE);
    return new Feeder.Range(from, (int) section.wholeNumber("to", from, Integer.MAX_VALUE), skew);
  }

  private static List<String> lines(Section section, String file) {
    InputStream stream =
        ServiceReader.class.getClassLoader().getResourceAsStream("feeders/" + file);
    if (stream == null) {
      section.problem(
          "lines", "was '" + file + "'; there is no such file in src/test/resources/feeders");
      return List.of(file);
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
