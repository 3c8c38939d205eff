package com.soundcore.kcp.backend.fault;

import com.soundcore.kcp.backend.http.Action;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * A heap with many live objects, and calls whose garbage survives young collections. Each
 * collection has to traverse the whole heap.
 */
final class Garbage implements FaultEffect {
  private static final int SMALL = 128;
  // Memory kept from the last calls: more than a young collection can copy.
  private static final long KEPT = 24L << 20;

  private final PlantedFault fault;
  private final Queue<byte[]> young = new ArrayDeque<>();
  private List<byte[]> living = List.of();

  Garbage(PlantedFault fault) {
    this.fault = fault;
  }

  @Override
  public Action whole(Action action) {
    return call -> {
      litter();
      return action.answer(call);
    };
  }

  private synchronized void litter() {
    if (living.isEmpty()) {
      living = filled((long) (Runtime.getRuntime().maxMemory() * fault.share()));
    }
    byte[] garbage = new byte[(int) fault.size()];
    // Written to, since the operating system allocates only used memory.
    Arrays.fill(garbage, (byte) 1);
    young.add(garbage);
    while (young.size() * fault.size() > KEPT) {
      young.remove();
    }
  }

  /** Allocates small pieces. Every full collection visits each. */
  private static List<byte[]> filled(long bytes) {
    List<byte[]> pieces = new ArrayList<>();
    for (long size = 0; size < bytes; size += SMALL) {
      pieces.add(new byte[SMALL]);
    }
    return pieces;
  }
}
