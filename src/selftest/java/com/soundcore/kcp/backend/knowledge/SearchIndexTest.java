package com.soundcore.kcp.backend.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchIndexTest {
  private final SearchIndex index = new SearchIndex();

  private static KnowledgeItem item(int id, String title) {
    return new KnowledgeItem(id, draft(title), 50, Instant.EPOCH, 0, 0);
  }

  private static KnowledgeItem.Draft draft(String title) {
    return new KnowledgeItem.Draft(
        title, "unsearched", "", "faq", "draft", null, List.of(), "en", null, null);
  }

  private List<Integer> ids(String query, int top) {
    return index.search(query, top).hits().stream().map(SearchIndex.Hit::id).toList();
  }

  @Test
  void anItemIsFoundOnlyByAllItsWordsInAnyCaseAndOrder() {
    index.add(item(1, "Wind noise, fixed"));
    index.add(item(2, "Wind"));
    assertThat(ids("NOISE wind", 5)).containsExactly(1);
    assertThat(ids("wind bass", 5)).isEmpty();
    assertThat(ids("unsearched", 5)).isEmpty();
    assertThat(ids("win", 5)).isEmpty();
    assertThat(ids("***", 5)).isEmpty();
  }

  @Test
  void theBestItemsComeFirstAndAllAreCounted() {
    index.add(item(3, "a long title that has bass among its many other words, most of all"));
    for (int id = 4; id < 10; id++) {
      index.add(item(id, "bass volume"));
    }
    index.add(item(10, "bass bass"));
    SearchIndex.Found found = index.search("bass", 3);
    assertThat(found.total()).isEqualTo(8);
    assertThat(found.hits()).extracting(SearchIndex.Hit::id).containsExactly(10, 4, 5);
    assertThat(ids("bass", 100)).hasSize(8).endsWith(3);
  }

  @Test
  void ofTwoWordsTheRarerOneCountsMore() {
    index.add(item(1, "case case fit"));
    index.add(item(2, "case fit fit"));
    index.add(item(3, "case"));
    index.add(item(4, "case"));
    assertThat(ids("case fit", 5)).containsExactly(2, 1);
  }

  @Test
  void aChangedItemIsFoundByItsNewWordsAlone() {
    KnowledgeItem item = item(7, "old words");
    index.add(item(6, "old words"));
    index.add(item);
    index.add(item(8, "old words"));
    item.write(draft("new words"), Instant.EPOCH);
    index.update(item);
    assertThat(ids("old", 5)).containsExactly(6, 8);
    assertThat(ids("new", 5)).containsExactly(7);
    assertThat(ids("words", 5)).containsExactlyInAnyOrder(6, 7, 8);
  }

  @Test
  void aRemovedItemStaysAwayEvenWhenItIsWrittenAfterwards() {
    KnowledgeItem item = item(1, "only here");
    index.add(item);
    index.remove(item);
    assertThat(ids("only", 5)).isEmpty();
    index.update(item);
    assertThat(ids("only", 5)).isEmpty();
    index.remove(item);
    index.add(item(2, "only here"));
    assertThat(ids("only", 5)).containsExactly(2);
  }
}
