package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.soundcore.kcp.backend.SampleData;
import com.soundcore.kcp.config.Environment.Page;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.SampleRows;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Service.Collection;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.openapi.ApiDocument;
import com.soundcore.kcp.openapi.BodyBuilder;
import com.soundcore.kcp.openapi.Names;
import com.soundcore.kcp.preflight.CheckResult;
import com.soundcore.kcp.preflight.ProductionGuard;
import com.soundcore.kcp.preflight.Progress;
import com.soundcore.kcp.run.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A seeder that fills a deployment with representative data through its API, and removes the items
 * again. The rows are those of the embedded backend. The same seed creates the same rows, so an
 * interrupted seeding can continue. If the deployment publishes an OpenAPI document, each body is
 * adapted to its schema.
 */
public final class Seeder {
  private static final String PRODUCT = "product_id";

  private final SampleRows rows;
  private final Service service;
  private final Collection productList;
  private final Collection itemList;
  private final RowsApi api;
  private final Optional<ApiDocument> document;
  private final Map<String, JsonNode> referenced = new HashMap<>();
  private final long seed;
  private final Consumer<String> out;

  /**
   * @param out receives each line of progress
   * @throws Refusal if the environment is production or the embedded backend
   */
  public Seeder(KcpConfig config, Http http, Consumer<String> out) {
    ProductionGuard.placeOf(config.environment())
        .ifPresent(
            place -> {
              throw new Refusal(
                  ProductionGuard.inWords(config.environment(), place)
                      + ": it is not filled with sample data.");
            });
    if (config.environment().startsBackend()) {
      throw new Refusal(
          "The embedded backend starts with its rows (kcp.backend.items). Another one: "
              + SuiteCommand.kcp("seed staging"));
    }
    this.rows = config.sampleRows();
    this.service = config.allServices().get(rows.service());
    this.productList = listAt(rows.productPath());
    this.itemList = listAt(rows.find());
    this.seed = config.run().seed();
    URI url = config.environment().urls().get(rows.service());
    this.api = new RowsApi(http, url.toString(), rows.callsPerSecond());
    this.document = document(config, http, url);
    this.out = out;
  }

  private static Optional<ApiDocument> document(KcpConfig config, Http http, URI url) {
    return config
        .environment()
        .page(config.sampleRows().service(), Page.DESCRIPTION, config.preflight().description())
        .flatMap(page -> ApiDocument.of(http.call("GET", page, null).body(), url));
  }

  /** The suite's collection of the same path says how to read the list. */
  private Collection listAt(String path) {
    return service.collect().values().stream()
        .filter(list -> plain(list.path()).equals(plain(path)))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "%s is the path of no collection in kcp.api.%s.collect; kcp.sample-rows needs one."
                        .formatted(plain(path), service.name())));
  }

  private static String plain(String path) {
    return path.replaceAll("\\?.*", "");
  }

  /**
   * Creates the missing rows, then counts all rows.
   *
   * @return a sentence with the number of rows
   * @throws Refusal if the deployment refuses a row; the message quotes its response
   */
  public String fill() {
    List<ObjectNode> products = new ArrayList<>();
    List<ObjectNode> items = new ArrayList<>();
    new SampleData(seed)
        .fill(
            rows.products(),
            rows.items(),
            (draft, at) -> products.add(RowsApi.json(draft)),
            (draft, at, views, likes) -> items.add(RowsApi.json(draft)));
    List<JsonNode> ids = products(products);
    items(items, ids);
    int found = tagged().size();
    if (found < rows.items()) {
      throw new Refusal(
          "%,d of %,d items were found again by their tag %s; the rest was accepted and is not there. Type the same command again."
              .formatted(found, rows.items(), rows.tag()));
    }
    return "%,d products and %,d items are there, counted again.".formatted(ids.size(), found);
  }

  /** Existing products stay. Each filter value that a run requests gets at least one product. */
  private List<JsonNode> products(List<ObjectNode> drafts) {
    List<JsonNode> ids = new ArrayList<>();
    Set<String> skus = new HashSet<>();
    for (JsonNode row : api.all(productList.path(), productList)) {
      ids.add(RowsApi.id(productList.path(), row, productList));
      skus.add(Names.field(row, "sku").asText());
    }
    List<AskedValues.Asked> asked = AskedValues.of(service, rows.productPath());
    Set<AskedValues.Asked> missing = new LinkedHashSet<>(asked);
    missing.removeIf(one -> !api.rows(one.path(), productList).isEmpty());
    Progress progress = new Progress("products", rows.products(), out);
    JsonNode schema = bodyOf(rows.productPath());
    for (int i = 0; i < drafts.size(); i++) {
      Optional<AskedValues.Asked> kind =
          asked.isEmpty() ? Optional.empty() : Optional.of(asked.get(i % asked.size()));
      ObjectNode draft = drafts.get(i);
      kind.ifPresent(one -> draft.put(one.field(), one.value()));
      boolean needed = ids.size() < rows.products() || kind.filter(missing::contains).isPresent();
      String sku = draft.path("sku").asText();
      if (skus.contains(sku) && kind.filter(missing::contains).isPresent()) {
        // The product with this SKU is not listed under the value, so another one is created.
        sku = sku + "-" + (drafts.size() + i);
        draft.put("sku", sku);
      }
      if (needed && !skus.contains(sku)) {
        ObjectNode body = fitted(draft, schema, sku.toLowerCase(Locale.ROOT));
        ids.add(api.create(rows.productPath(), body, productList));
        kind.ifPresent(missing::remove);
        progress.at(Math.min(ids.size(), rows.products()));
      }
    }
    mustBeListed(asked);
    return ids;
  }

  /** A run requests each value, and its preflight rejects an empty list. */
  private void mustBeListed(List<AskedValues.Asked> asked) {
    for (AskedValues.Asked one : asked) {
      if (api.rows(one.path(), productList).isEmpty()) {
        throw new Refusal(
            "%s lists no row, though a run asks for it. Another value is in kcp.feeders.%s.values (%s), or the sample rows of that kind were removed or are not active."
                .formatted(one.path(), service.name(), one.field()));
      }
    }
  }

  private void items(List<ObjectNode> drafts, List<JsonNode> products) {
    int there = tagged().size();
    Progress progress = new Progress("items", rows.items(), out);
    boolean inBatches = document.flatMap(api -> api.route("POST", rows.batchPath())).isPresent();
    String single = document.isPresent() && !inBatches ? createPath() : "";
    JsonNode schema = single.isEmpty() ? rowOfBatch() : bodyOf(single);
    int step = single.isEmpty() ? rows.batch() : 1;
    for (int from = there; from < drafts.size(); from += step) {
      int to = Math.min(drafts.size(), from + step);
      ArrayNode part = JsonNodeFactory.instance.arrayNode();
      for (int i = from; i < to; i++) {
        part.add(fitted(tagged(drafts.get(i), products), schema, rows.tag() + "-" + i));
      }
      if (single.isEmpty()) {
        createAll(part);
      } else {
        api.create(single, (ObjectNode) part.get(0), itemList);
      }
      progress.at(to);
    }
  }

  private void createAll(ArrayNode part) {
    JsonNode answer =
        api.create(rows.batchPath(), JsonNodeFactory.instance.objectNode().set("items", part));
    if (Names.field(answer, "failure_count").asInt() > 0
        || Names.field(answer, "error").isTextual()) {
      throw new Refusal(
          "%s refused %d of %d items: %s"
              .formatted(
                  rows.batchPath(),
                  Names.field(answer, "failure_count").asInt(part.size()),
                  part.size(),
                  CheckResult.shown(answer.toString())));
    }
  }

  /** The path for single items, for a service without a batch call. */
  private String createPath() {
    return service.operations().values().stream()
        .filter(operation -> operation.method().equals("POST") && operation.addsTo().isPresent())
        .map(Operation::path)
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Its /openapi.json has no POST %s (kcp.sample-rows.batch-path), and kcp.api.%s.operations has no POST with adds-to."
                        .formatted(rows.batchPath(), service.name())));
  }

  private JsonNode bodyOf(String path) {
    return document
        .flatMap(api -> api.route("POST", path).map(api::body))
        .orElse(MissingNode.getInstance());
  }

  private JsonNode rowOfBatch() {
    return Names.field(bodyOf(rows.batchPath()).path("properties"), "items").path("items");
  }

  private ObjectNode fitted(ObjectNode draft, JsonNode schema, String unique) {
    return document
        .map(api -> new BodyBuilder(api, name -> rowFor(api, name)).fit(draft, schema, unique))
        .orElse(draft);
  }

  /** Returns the id of an existing row for a required property such as "brand_id". */
  private Optional<JsonNode> rowFor(ApiDocument api, String property) {
    String name = property.replaceAll("(_?[iI]ds?)$", "");
    return api.routes().stream()
        .filter(route -> route.method().equals("GET") && !route.path().contains("{"))
        .filter(route -> isListOf(name, route.path()))
        .findFirst()
        .map(route -> firstId(route.path(), property));
  }

  private static boolean isListOf(String name, String path) {
    String last = path.replaceAll("/$", "").replaceAll(".*/", "");
    return Stream.of(name, name + "s", name + "es", name.replaceAll("y$", "ies"))
        .anyMatch(plural -> Names.same(plural, last));
  }

  private JsonNode firstId(String path, String property) {
    return referenced.computeIfAbsent(
        path,
        any ->
            api.rows(path, productList).stream()
                .map(row -> RowsApi.id(path, row, productList))
                .findFirst()
                .orElseThrow(
                    () ->
                        new Refusal(
                            "A new row needs %s, and %s lists none. Create one by hand, then type the same command again."
                                .formatted(property, path))));
  }

  private ObjectNode tagged(ObjectNode draft, List<JsonNode> products) {
    draft.withArray("tags").add(rows.tag());
    draft.set(PRODUCT, products.get((draft.path(PRODUCT).asInt() - 1) % products.size()));
    return draft;
  }

  private Set<String> tagged() {
    return api.tagged(rows.find().replace("{tag}", rows.tag()), rows.tag(), itemList);
  }

  /** Returns how many items {@link #remove} would delete now. */
  public int removable() {
    return tagged().size();
  }

  /**
   * Removes the items. Products stay, because other rows may refer to them.
   *
   * @return a sentence with the number of removed items
   */
  public String remove() {
    Set<String> ids = tagged();
    Progress progress = new Progress("items removed", ids.size(), out);
    int removed = 0;
    for (String id : ids) {
      api.delete(rows.remove().replace("{id}", id));
      progress.at(++removed);
    }
    int left = tagged().size();
    return left == 0
        ? "%,d items removed.".formatted(removed)
        : "%,d items removed; %,d are still listed.".formatted(removed, left);
  }
}
