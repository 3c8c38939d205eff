package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.http.SerializedRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The products, in memory or in a database. */
public interface ProductStore {
  /** The fields that a client writes. */
  record Draft(
      String sku,
      String model,
      String series,
      String category,
      String name,
      String description,
      double price,
      boolean isActive) {}

  /** Some of the products, and the number of all. */
  record Page(List<SerializedRow<Product>> products, int total) {}

  SerializedRow<Product> create(Draft draft, Instant now);

  SerializedRow<Product> update(Product old, Draft draft);

  /**
   * Returns a product by its id.
   *
   * @throws NotFound if there is no such product
   */
  SerializedRow<Product> get(int id);

  Page page(Optional<String> category, Optional<Boolean> active, long skip, int count);
}
