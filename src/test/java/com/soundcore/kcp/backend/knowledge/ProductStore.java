package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.http.NotFound;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The products, by id. Above a number of them no more are taken. */
public final class ProductStore {
  /** A product, as it is answered. */
  record Product(
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
      String discontinuedDate) {}

  /** The fields a client writes. */
  public record Draft(
      String sku,
      String model,
      String series,
      String category,
      String name,
      String description,
      double price,
      boolean isActive) {}

  private static final int MAX_PRODUCTS = 10_000;

  private final ConcurrentSkipListMap<Integer, Product> byId = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  public Product create(Draft draft, Instant now) {
    if (byId.size() >= MAX_PRODUCTS) {
      throw new IllegalStateException("there are " + MAX_PRODUCTS + " products already");
    }
    int id = lastId.incrementAndGet();
    return put(id, draft, now.toString(), now);
  }

  Product update(Product old, Draft draft) {
    return put(old.id(), draft, old.createdAt(), Instant.now());
  }

  Product get(int id) {
    Product product = byId.get(id);
    if (product == null) {
      throw new NotFound("Product", id);
    }
    return product;
  }

  Collection<Product> all() {
    return byId.values();
  }

  private Product put(int id, Draft draft, String createdAt, Instant now) {
    Product product =
        new Product(
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
    byId.put(id, product);
    return product;
  }
}
