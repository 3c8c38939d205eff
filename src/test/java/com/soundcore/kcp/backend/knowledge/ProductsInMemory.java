package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.http.SerializedRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The products in memory, by id: at most 10,000. Further products are rejected. */
public final class ProductsInMemory implements ProductStore {
  private static final int MAX_PRODUCTS = 10_000;

  private final ConcurrentSkipListMap<Integer, SerializedRow<Product>> byId =
      new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  @Override
  public SerializedRow<Product> create(Draft draft, Instant now) {
    if (byId.size() >= MAX_PRODUCTS) {
      throw new IllegalStateException("there are " + MAX_PRODUCTS + " products already");
    }
    int id = lastId.incrementAndGet();
    return put(Product.of(id, draft, now.toString(), now));
  }

  @Override
  public SerializedRow<Product> update(Product old, Draft draft) {
    return put(Product.of(old.id(), draft, old.createdAt(), Instant.now()));
  }

  @Override
  public SerializedRow<Product> get(int id) {
    SerializedRow<Product> product = byId.get(id);
    if (product == null) {
      throw new NotFound("Product", id);
    }
    return product;
  }

  @Override
  public Page page(Optional<String> category, Optional<Boolean> active, long skip, int count) {
    List<SerializedRow<Product>> matching =
        byId.values().stream()
            .filter(row -> category.isEmpty() || category.get().equals(row.value().category()))
            .filter(row -> active.isEmpty() || active.get() == row.value().isActive())
            .toList();
    return new Page(matching.stream().skip(skip).limit(count).toList(), matching.size());
  }

  private SerializedRow<Product> put(Product product) {
    SerializedRow<Product> row = new SerializedRow<>(product);
    byId.put(product.id(), row);
    return row;
  }
}
