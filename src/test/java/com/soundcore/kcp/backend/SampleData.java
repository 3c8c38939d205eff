package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.knowledge.KnowledgeItem.Draft;
import com.soundcore.kcp.backend.knowledge.ProductStore;
import com.soundcore.kcp.backend.support.SupportStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The initial rows of a backend, the same for the same seed. */
public final class SampleData {
  private static final List<String> CATEGORIES =
      List.of("earbuds", "headphones", "speakers", "accessories");
  private static final List<String> SERIES = List.of("Liberty", "Space", "Motion", "Sport", "Aero");
  private static final List<String> TYPES =
      List.of("faq", "guide", "tutorial", "review", "spec", "comparison", "troubleshooting");
  private static final List<String> LANGUAGES = List.of("en", "en", "en", "de", "es", "fr", "ja");
  private static final List<String> FEATURES =
      List.of(
          "noise cancellation",
          "battery life",
          "bluetooth pairing",
          "multipoint",
          "firmware update",
          "ear tips",
          "charging case",
          "wireless charging",
          "water resistance",
          "equalizer",
          "transparency mode",
          "microphone quality",
          "touch controls",
          "latency",
          "codec support",
          "spatial audio",
          "app setup",
          "factory reset",
          "warranty",
          "replacement parts",
          "volume",
          "bass",
          "comfort",
          "fit",
          "sleep mode",
          "wind noise",
          "party mode",
          "stereo pairing",
          "light show",
          "carrying case",
          "gaming mode",
          "hearing test",
          "find my earbuds",
          "range");
  private static final List<String> OPENINGS =
      List.of("How to set up", "Fixing", "Understanding", "A guide to", "Comparing", "Tips for");
  private static final List<String> SENTENCES =
      List.of(
          "Hold both buttons for five seconds until the light turns white.",
          "Open the app, choose your device and follow the steps on the screen.",
          "A full charge takes about two hours.",
          "Choose the ear tips that seal well.",
          "Remove the pairing on your phone and pair again.",
          "The firmware update keeps your settings.");
  private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");
  private static final List<String> TICKET_STATES = List.of("open", "pending", "solved", "closed");

  private static final String SEARCHED = "feeders/search-terms.txt";

  private final Random random;
  private final Instant now = Instant.now();

  /**
   * @param seed the same for the same rows
   */
  public SampleData(long seed) {
    this.random = new Random(seed);
  }

  /** Receiver of generated products. */
  public interface Products {
    void create(ProductStore.Draft draft, Instant createdAt);
  }

  /** Receiver of generated items, with the age, views and likes of a past life. */
  public interface Items {
    void create(Draft draft, Instant createdAt, long views, long likes);
  }

  /**
   * Generates the products, then the items. Each item belongs to one of the products, counted from
   * 1.
   *
   * @param productCount at least 1
   */
  public void fill(int productCount, int itemCount, Products products, Items items) {
    fill(products, productCount);
    fill(items, itemCount, productCount);
  }

  private void fill(Products products, int count) {
    for (int i = 0; i < count; i++) {
      String category = CATEGORIES.get(i % CATEGORIES.size());
      String series = any(SERIES);
      String sku =
          "A%04d-%s".formatted(3000 + i, category.substring(0, 2).toUpperCase(Locale.ROOT));
      String name = "Soundcore " + series + " " + (i + 1);
      double price = 29.99 + random.nextInt(25) * 10;
      products.create(
          new ProductStore.Draft(
              sku, sku, series, category, name, name + ": " + any(FEATURES), price, true),
          now);
    }
  }

  /** Generates items in the order of their age. A few items get most of the views. */
  private void fill(Items knowledge, int count, int products) {
    List<String> searched = searchTerms();
    for (int i = 0; i < count; i++) {
      // Every search term has an article, however rarely it is used.
      String feature = i < searched.size() ? searched.get(i) : any(FEATURES);
      int product = 1 + random.nextInt(products);
      String title = "%s %s on product %d".formatted(any(OPENINGS), feature, product);
      Draft draft =
          new Draft(
              title,
              title + ". " + any(SENTENCES) + " " + any(SENTENCES),
              "About " + feature,
              any(TYPES),
              random.nextInt(10) == 0 ? "draft" : "published",
              product,
              List.of(feature, any(CATEGORIES)),
              any(LANGUAGES),
              "sample",
              "editor-" + random.nextInt(20));
      long views = (long) (100 / (0.01 + random.nextDouble()));
      Instant createdAt = now.minus(Duration.ofMinutes(10L * (count - i)));
      knowledge.create(draft, createdAt, views, views / 20);
    }
  }

  private static List<String> searchTerms() {
    try (InputStream stream = SampleData.class.getClassLoader().getResourceAsStream(SEARCHED)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<SupportStore.Conversation> conversations(int count) {
    List<SupportStore.Conversation> rows = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      rows.add(
          new SupportStore.Conversation(
              i,
              "user-" + random.nextInt(500),
              any(FEATURES),
              2 + random.nextInt(20),
              ago(count - i)));
    }
    return rows;
  }

  List<SupportStore.Ticket> tickets(int count) {
    List<SupportStore.Ticket> rows = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      rows.add(
          new SupportStore.Ticket(
              i,
              "Question about " + any(FEATURES),
              any(TICKET_STATES),
              any(PRIORITIES),
              ago(count - i)));
    }
    return rows;
  }

  private String ago(int hours) {
    return now.minus(Duration.ofHours(hours)).toString();
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
