package com.soundcore.kcp.backend.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.backend.http.Fields;
import com.soundcore.kcp.backend.http.Invalid;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reader of a knowledge item's fields from a client; 422 for a violation, 404 for a missing
 * product.
 */
public final class DraftReader {
  private static final Set<String> TYPES =
      Set.of("faq", "guide", "tutorial", "review", "spec", "comparison", "troubleshooting");
  private static final Set<String> STATUSES =
      Set.of("draft", "published", "archived", "under_review");
  private static final int MAX_TITLE = 500;

  private final ProductStore products;

  public DraftReader(ProductStore products) {
    this.products = products;
  }

  /** Reads a new item. The required fields must be present. */
  Draft whole(JsonNode json) {
    for (String field : List.of("title", "content", "type")) {
      Fields.required(json, field);
    }
    return changed(new Draft("", "", "", "faq", "draft", null, List.of(), "en", null, null), json);
  }

  /** Returns an item with the present fields changed. */
  Draft changed(Draft old, JsonNode json) {
    return new Draft(
        Fields.text(json, "title", old.title(), MAX_TITLE),
        Fields.text(json, "content", old.content(), Integer.MAX_VALUE),
        Fields.text(json, "summary", old.summary(), Integer.MAX_VALUE),
        Fields.oneOf(json, "type", old.type(), TYPES),
        Fields.oneOf(json, "status", old.status(), STATUSES),
        product(json, old.productId()),
        tags(json, old.tags()),
        Fields.text(json, "language", old.language(), Integer.MAX_VALUE),
        Fields.text(json, "source", old.source(), Integer.MAX_VALUE),
        Fields.text(json, "author", old.author(), Integer.MAX_VALUE));
  }

  private Integer product(JsonNode json, Integer old) {
    JsonNode node = json.path("product_id");
    if (node.isMissingNode() || node.isNull()) {
      return old;
    }
    if (!node.isInt()) {
      throw Invalid.field("product_id", "int_type", "Input should be a valid integer", node);
    }
    return products.get(node.intValue()).value().id();
  }

  private static List<String> tags(JsonNode json, List<String> old) {
    JsonNode node = json.path("tags");
    if (node.isMissingNode() || node.isNull()) {
      return old;
    }
    if (!node.isArray()) {
      throw Invalid.field("tags", "list_type", "Input should be a valid list", node);
    }
    List<String> tags = new ArrayList<>(node.size());
    node.forEach(tag -> tags.add(tag.asText()));
    return tags;
  }
}
