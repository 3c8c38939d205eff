package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.knowledge.SearchIndex.Found;
import com.soundcore.kcp.backend.knowledge.SearchIndex.Hit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The items that contain a word, by id, with the word's contribution to the score of each (BM25).
 */
final class WordItems {
  // BM25's usual constants.
  private static final double SATURATION = 1.2;
  private static final double LENGTH_SHARE = 0.75;
  // Words in an item's title, summary and tags. BM25 uses the average length, which would change
  // with every write.
  private static final double USUAL_LENGTH = 12;

  // The weight of an item without the word. Its score then has the same value.
  private static final float ABSENT = Float.NEGATIVE_INFINITY;

  // Worst first. Of two equal scores, the older item is the better one.
  private static final Comparator<Hit> WORST_FIRST =
      Comparator.comparingDouble(Hit::score)
          .thenComparing(Comparator.comparingInt(Hit::id).reversed());

  private int[] ids = new int[4];
  private float[] weights = new float[4];
  private int size;

  void add(int id, int times, int length) {
    int found = Arrays.binarySearch(ids, 0, size, id);
    int place = found < 0 ? -found - 1 : found;
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
    }
    System.arraycopy(ids, place, ids, place + 1, size - place);
    System.arraycopy(weights, place, weights, place + 1, size - place);
    ids[place] = id;
    double normal = 1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH;
    weights[place] = (float) (times * (SATURATION + 1) / (times + SATURATION * normal));
    size++;
  }

  void remove(int id) {
    int place = Arrays.binarySearch(ids, 0, size, id);
    System.arraycopy(ids, place + 1, ids, place, size - place - 1);
    System.arraycopy(weights, place + 1, weights, place, size - place - 1);
    size--;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Returns the items that are in all lists, best first.
   *
   * @param items number of items in the whole index
   */
  static Found inAll(List<WordItems> lists, int items, int top) {
    List<WordItems> shortestFirst =
        lists.stream().sorted(Comparator.comparingInt(list -> list.size)).toList();
    double[] rarities = shortestFirst.stream().mapToDouble(list -> list.rarity(items)).toArray();
    WordItems shortest = shortestFirst.get(0);
    PriorityQueue<Hit> best = new PriorityQueue<>(top, WORST_FIRST);
    int total = 0;
    for (int i = 0; i < shortest.size; i++) {
      int id = shortest.ids[i];
      double score = rarities[0] * shortest.weights[i];
      for (int other = 1; other < rarities.length && score > ABSENT; other++) {
        score += rarities[other] * shortestFirst.get(other).weight(id);
      }
      if (score > ABSENT) {
        total++;
        keep(best, id, (float) score, top);
      }
    }
    return new Found(total, best.stream().sorted(WORST_FIRST.reversed()).toList());
  }

  private static void keep(PriorityQueue<Hit> best, int id, float score, int top) {
    if (best.size() == top) {
      if (score <= best.peek().score()) {
        return;
      }
      best.remove();
    }
    best.add(new Hit(id, score));
  }

  /** Returns the inverse document frequency. */
  private double rarity(int items) {
    return Math.log(1 + (items - size + 0.5) / (size + 0.5));
  }

  private float weight(int id) {
    int place = Arrays.binarySearch(ids, 0, size, id);
    return place < 0 ? ABSENT : weights[place];
  }
}
