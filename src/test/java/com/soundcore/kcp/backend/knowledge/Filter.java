package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.http.ApiCall;
import java.util.List;
import java.util.Optional;

/**
 * The filter of a list of items. An empty value matches all items.
 *
 * @param types any of these
 * @param products any of these ids
 * @param tags any of these
 * @param statuses any of these
 * @param language of the item
 * @param minQuality lower bound, included
 */
public record Filter(
    List<String> types,
    List<String> products,
    List<String> tags,
    List<String> statuses,
    Optional<String> language,
    Optional<Double> minQuality) {

  static Filter of(ApiCall call) {
    return new Filter(
        call.texts("types"),
        call.texts("product_ids"),
        call.texts("tags"),
        call.texts("status"),
        call.text("language"),
        call.number("min_quality_score"));
  }

  boolean isEmpty() {
    return types.isEmpty()
        && products.isEmpty()
        && tags.isEmpty()
        && statuses.isEmpty()
        && language.isEmpty()
        && minQuality.isEmpty();
  }

  boolean matches(KnowledgeItem item) {
    KnowledgeItem.Draft draft = item.draft();
    return (types.isEmpty() || types.contains(draft.type()))
        && (products.isEmpty() || products.contains(String.valueOf(draft.productId())))
        && (tags.isEmpty() || draft.tags().stream().anyMatch(tags::contains))
        && (statuses.isEmpty() || statuses.contains(draft.status()))
        && language.map(text -> text.equals(draft.language())).orElse(true)
        && minQuality.map(least -> item.qualityScore() >= least).orElse(true);
  }
}
