package com.soundcore.kcp.backend.postgres;

import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.http.SerializedRow;
import com.soundcore.kcp.backend.knowledge.Product;
import com.soundcore.kcp.backend.knowledge.ProductStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The products as rows. */
public final class ProductRows implements ProductStore {
  private static final String COLUMNS =
      "id, sku, model, series, category, name, description, price, is_active, created_at,"
          + " updated_at";

  private final ServiceDatabase database;

  public ProductRows(ServiceDatabase database) {
    this.database = database;
  }

  @Override
  public SerializedRow<Product> create(Draft draft, Instant now) {
    return database
        .first(
            "INSERT INTO products (sku, model, series, category, name, description, price,"
                + " is_active, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " RETURNING "
                + COLUMNS,
            ProductRows::product,
            draft.sku(),
            draft.model(),
            draft.series(),
            draft.category(),
            draft.name(),
            draft.description(),
            draft.price(),
            draft.isActive(),
            Timestamp.from(now),
            Timestamp.from(now))
        .orElseThrow();
  }

  @Override
  public SerializedRow<Product> update(Product old, Draft draft) {
    return database
        .first(
            "UPDATE products SET sku = ?, model = ?, series = ?, category = ?, name = ?,"
                + " description = ?, price = ?, is_active = ?, updated_at = now() WHERE id = ?"
                + " RETURNING "
                + COLUMNS,
            ProductRows::product,
            draft.sku(),
            draft.model(),
            draft.series(),
            draft.category(),
            draft.name(),
            draft.description(),
            draft.price(),
            draft.isActive(),
            old.id())
        .orElseThrow();
  }

  @Override
  public SerializedRow<Product> get(int id) {
    return database
        .first("SELECT " + COLUMNS + " FROM products WHERE id = ?", ProductRows::product, id)
        .orElseThrow(() -> new NotFound("Product", id));
  }

  @Override
  public Page page(Optional<String> category, Optional<Boolean> active, long skip, int count) {
    String where =
        " FROM products WHERE (?::text IS NULL OR category = ?)"
            + " AND (?::boolean IS NULL OR is_active = ?)";
    String kind = category.orElse(null);
    Boolean flag = active.orElse(null);
    long total = database.number("SELECT count(*)" + where, kind, kind, flag, flag);
    List<SerializedRow<Product>> products =
        database.all(
            "SELECT " + COLUMNS + where + " ORDER BY id LIMIT ? OFFSET ?",
            ProductRows::product,
            kind,
            kind,
            flag,
            flag,
            count,
            skip);
    return new Page(products, (int) total);
  }

  private static SerializedRow<Product> product(ResultSet row) throws SQLException {
    Draft draft =
        new Draft(
            row.getString("sku"),
            row.getString("model"),
            row.getString("series"),
            row.getString("category"),
            row.getString("name"),
            row.getString("description"),
            row.getDouble("price"),
            row.getBoolean("is_active"));
    return new SerializedRow<>(
        Product.of(
            row.getInt("id"),
            draft,
            row.getTimestamp("created_at").toInstant().toString(),
            row.getTimestamp("updated_at").toInstant()));
  }
}
