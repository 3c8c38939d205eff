package com.soundcore.kcp.onboarding;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.backend.SampleData;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem;
import com.soundcore.kcp.backend.knowledge.ProductStore;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.SampleRows;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.preflight.ProductionGuard;
import com.soundcore.kcp.run.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fills a deployment with representative data through its own API, and takes it away again. The
 * rows are those of the embedded backend: the same seed makes the same ones, so that a seeding that
 * was stopped goes on where it was.
 */
public final class Seeder {
  private static final int PAGE = 100;

  private final SampleRows rows;
  private final RowsApi api;
  private final long seed;
  private final Consumer<String> out;

  /**
   * @param out takes each line for the person who waits
   * @throws Refusal where the environment must not be filled
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
    this.seed = config.run().seed();
    this.api =
        new RowsApi(
            http,
            config.environment().urls().get(rows.service()).toString(),
            rows.callsPerSecond());
    this.out = out;
  }

  /**
   * Creates what is missing, and counts it.
   *
   * @return the rows that are there, in a sentence
   * @throws Refusal where the deployment refuses, with its answer
   */
  public String fill() {
    List<ProductStore.Draft> products = new ArrayList<>();
    List<KnowledgeItem.Draft> items = new ArrayList<>();
    new SampleData(seed)
        .fill(
            rows.products(),
            rows.items(),
            (draft, at) -> products.add(draft),
            (draft, at, views, likes) -> items.add(draft));
    List<Integer> ids = products(products);
    items(items, ids);
    int found = tagged().size();
    if (found < rows.items()) {
      throw new Refusal(
          "%,d of %,d items were found again by their tag %s; the rest was accepted and is not there. Type the same command again."
              .formatted(found, rows.items(), rows.tag()));
    }
    return "%,d products and %,d items are there, counted again.".formatted(ids.size(), found);
  }

  /** Their ids, in the order of the drafts; those that are there already stay. */
  private List<Integer> products(List<ProductStore.Draft> drafts) {
    List<Integer> ids = new ArrayList<>();
    Set<String> skus = new HashSet<>();
    for (JsonNode row : api.all(rows.productPath(), PAGE)) {
      ids.add(row.path("id").asInt());
      skus.add(row.path("sku").asText());
    }
    Progress progress = new Progress("products", rows.products(), out);
    for (ProductStore.Draft draft : drafts) {
      if (ids.size() >= rows.products()) {
        break;
      }
      if (!skus.contains(draft.sku())) {
        ids.add(api.create(rows.productPath(), draft).path("id").asInt());
        progress.at(ids.size());
      }
    }
    return ids;
  }

  private void items(List<KnowledgeItem.Draft> drafts, List<Integer> products) {
    int there = tagged().size();
    Progress progress = new Progress("items", rows.items(), out);
    for (int from = there; from < drafts.size(); from += rows.batch()) {
      int to = Math.min(drafts.size(), from + rows.batch());
      List<KnowledgeItem.Draft> part =
          drafts.subList(from, to).stream().map(draft -> tagged(draft, products)).toList();
      JsonNode answer = api.createAll(rows.batchPath(), part);
      if (answer.path("failure_count").asInt() > 0) {
        throw new Refusal(
            "%s refused %d of %d items: %s"
                .formatted(
                    rows.batchPath(),
                    answer.path("failure_count").asInt(),
                    part.size(),
                    answer.path("errors")));
      }
      progress.at(to);
    }
  }

  private KnowledgeItem.Draft tagged(KnowledgeItem.Draft draft, List<Integer> products) {
    List<String> tags = new ArrayList<>(draft.tags());
    tags.add(rows.tag());
    return new KnowledgeItem.Draft(
        draft.title(),
        draft.content(),
        draft.summary(),
        draft.type(),
        draft.status(),
        products.get((draft.productId() - 1) % products.size()),
        tags,
        draft.language(),
        draft.source(),
        draft.author());
  }

  private Set<String> tagged() {
    return api.tagged(rows.find().replace("{tag}", rows.tag()), rows.tag());
  }

  /**
   * Removes the items again. Products stay: other rows may name them.
   *
   * @return what was removed, in a sentence
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
