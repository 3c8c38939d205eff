package com.soundcore.kcp.backend.knowledge;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A product in the format of an answer. */
public record Product(
    int id,
    String sku,
    String model,
    String series,
    String category,
    String name,
    String description,
    double price,
    String currency,
    List<String> features,
    Map<String, String> specs,
    List<String> colors,
    String slug,
    List<String> keywords,
    boolean isActive,
    String createdAt,
    String updatedAt,
    String releaseDate,
    String discontinuedDate) {

  /**
   * Creates a product from the fields that a client writes, and from those that all products share.
   */
  public static Product of(int id, ProductStore.Draft draft, String createdAt, Instant now) {
    return new Product(
        id,
        draft.sku(),
        draft.model(),
        draft.series(),
        draft.category(),
        draft.name(),
        draft.description(),
        draft.price(),
        "USD",
        List.of("noise cancellation", "multipoint", "fast charging"),
        Map.of("bluetooth", "5.3", "water_resistance", "IPX5"),
        List.of("black", "white"),
        draft.sku().toLowerCase(Locale.ROOT),
        List.of(draft.category(), draft.series()),
        draft.isActive(),
        createdAt,
        now.toString(),
        "2025-01-15",
        draft.isActive() ? null : now.toString());
  }
}
