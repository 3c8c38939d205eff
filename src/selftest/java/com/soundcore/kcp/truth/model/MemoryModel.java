package com.soundcore.kcp.truth.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * The memory of a service.
 *
 * @param baseBytes what it has at the start
 * @param jvm whether it also tells of its old generation
 * @param limitBytes that it may have at the most, and shows; 0 where it does not
 * @param parts what comes on top
 */
public record MemoryModel(double baseBytes, boolean jvm, double limitBytes, List<Part> parts) {
  /** A part of the memory. */
  public sealed interface Part {}

  /** Every call leaves something behind, for ever. */
  public record Leak(double bytesPerCall) implements Part {}

  /** What grows between two collections. */
  public record Sawtooth(double bytes, double periodSeconds) implements Part {}

  /** The same in the old generation, whose figure has its garbage until the next collection. */
  public record Garbage(double bytes, double periodSeconds) implements Part {}

  /** A cache that fills: fast at first, and never above its bound. */
  public record Warming(double bytes, double tauSeconds) implements Part {}

  /** Rows that the test itself creates, up to a bound. */
  public record Rows(double bytesPerCreate, double boundBytes) implements Part {}

  /** Ups and downs with a memory from second to second. */
  public record Wander(double bytes, double rho) implements Part {}

  /** A service that stays as it is. */
  public static MemoryModel of(double baseBytes) {
    return new MemoryModel(baseBytes, false, 0, List.of());
  }

  public MemoryModel with(Part part) {
    return new MemoryModel(
        baseBytes, jvm, limitBytes, Stream.concat(parts.stream(), Stream.of(part)).toList());
  }

  public MemoryModel asJvm() {
    return new MemoryModel(baseBytes, true, limitBytes, parts);
  }

  public MemoryModel limitedTo(double bytes) {
    return new MemoryModel(baseBytes, jvm, bytes, parts);
  }
}
