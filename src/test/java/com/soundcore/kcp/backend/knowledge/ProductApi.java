package com.soundcore.kcp.backend.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.backend.http.ApiCall;
import com.soundcore.kcp.backend.http.Fields;
import com.soundcore.kcp.backend.http.Invalid;
import com.soundcore.kcp.backend.http.Reply;
import com.soundcore.kcp.backend.http.SerializedRow;
import com.soundcore.kcp.backend.knowledge.ProductStore.Draft;
import com.soundcore.kcp.backend.server.Paging;
import com.soundcore.kcp.backend.server.ServiceServer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The knowledge service's products. */
public final class ProductApi {
  private static final Set<String> CATEGORIES =
      Set.of("earbuds", "headphones", "speakers", "accessories");
  private static final int MAX_TEXT = 500;

  private final ProductStore store;

  public ProductApi(ProductStore store) {
    this.store = store;
  }

  public void serve(ServiceServer server) {
    String root = "/api/v1/products/";
    server.query("GET", root, this::list);
    server.query("POST", root, this::create);
    server.query("GET", root + "{product_id}", call -> byId(call).reply(200));
    server.query("PUT", root + "{product_id}", this::update);
    server.query("DELETE", root + "{product_id}", this::discontinue);
  }

  private Reply list(ApiCall call) {
    Paging pages = Paging.of(call);
    Optional<String> category = call.text("category");
    Optional<Boolean> active = call.text("is_active").map(Boolean::parseBoolean);
    ProductStore.Page found = store.page(category, active, pages.skip(), pages.pageSize());
    return pages.reply(found.products(), found.total(), SerializedRow::writeTo);
  }

  private Reply create(ApiCall call) {
    JsonNode json = call.json();
    for (String field : List.of("sku", "name", "category")) {
      Fields.required(json, field);
    }
    Draft nothing = new Draft("", "", "", "accessories", "", "", 0, true);
    return store.create(draft(json, nothing), Instant.now()).reply(201);
  }

  private Reply update(ApiCall call) {
    Product old = byId(call).value();
    return store.update(old, draft(call.json(), fields(old))).reply(200);
  }

  private Reply discontinue(ApiCall call) {
    Product old = byId(call).value();
    Draft d = fields(old);
    store.update(
        old,
        new Draft(
            d.sku(),
            d.model(),
            d.series(),
            d.category(),
            d.name(),
            d.description(),
            d.price(),
            false));
    return Reply.empty(204);
  }

  private SerializedRow<Product> byId(ApiCall call) {
    return store.get(call.id("product_id"));
  }

  private static Draft fields(Product product) {
    return new Draft(
        product.sku(),
        product.model(),
        product.series(),
        product.category(),
        product.name(),
        product.description(),
        product.price(),
        product.isActive());
  }

  private static Draft draft(JsonNode json, Draft old) {
    JsonNode price = json.path("price");
    if (!price.isMissingNode() && !price.isNumber()) {
      throw Invalid.field("price", "float_type", "Input should be a valid number", price);
    }
    return new Draft(
        Fields.text(json, "sku", old.sku(), MAX_TEXT),
        Fields.text(json, "model", old.model(), MAX_TEXT),
        Fields.text(json, "series", old.series(), MAX_TEXT),
        Fields.oneOf(json, "category", old.category(), CATEGORIES),
        Fields.text(json, "name", old.name(), MAX_TEXT),
        Fields.text(json, "description", old.description(), Integer.MAX_VALUE),
        price.isNumber() ? price.doubleValue() : old.price(),
        json.path("is_active").asBoolean(old.isActive()));
  }
}
