package com.soundcore.kcp.survival;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One to four changes of a file, as damage, mistakes and attackers make them. */
final class Mutation {
  private static final int MOST = 4;
  private static final int LONGEST_ZEROS = 4096;

  /** What parsers and people stumble over. */
  private static final List<String> PIECES =
      List.of(
          "null",
          "-1",
          "0",
          "1e999",
          "NaN",
          "2147483647",
          "-2147483648",
          "9223372036854775808",
          "true",
          "\"\"",
          "{}",
          "[]",
          "[null]",
          "{\"$ref\": \"#\"}",
          "\"javascript:alert(1)\"",
          "\u0000",
          "\u001b[2J",
          "\uFFFE",
          "\\ud800",
          "\n::error::x",
          "${kcp}",
          "${?PATH}",
          "include \"x\"",
          "}",
          "]",
          "\"",
          ",",
          "=",
          "<script>",
          "é",
          "# HELP",
          "+Inf");

  private Mutation() {}

  /** Returns another text than the one given. */
  static byte[] of(byte[] original, Random random) {
    byte[] changed = original;
    for (int left = 1 + random.nextInt(MOST);
        left > 0 || Arrays.equals(changed, original);
        left--) {
      changed = once(changed, random);
    }
    return changed;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(1 + random.nextInt(64)));
    byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(9)) {
      case 0, 1 -> flipped(bytes, random);
      case 2 -> Arrays.copyOf(bytes, from);
      case 3 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(LONGEST_ZEROS));
      case 4 -> joined(bytes, from, new byte[0], to);
      case 5 -> joined(bytes, from, Arrays.copyOfRange(bytes, from, to), from);
      case 6 -> joined(bytes, from, piece, from);
      case 7 -> joined(bytes, from, piece, to);
      default -> value(bytes, random, piece);
    };
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[1];
    }
    byte[] flipped = bytes.clone();
    flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  /** Replaces what stands between a colon, a comma or '=' and the end of its value. */
  private static byte[] value(byte[] bytes, Random random, byte[] piece) {
    int from = random.nextInt(bytes.length + 1);
    while (from < bytes.length && bytes[from] != ':' && bytes[from] != ',' && bytes[from] != '=') {
      from++;
    }
    int to = Math.min(bytes.length, from + 1);
    while (to < bytes.length && ",}]\n".indexOf(bytes[to]) < 0) {
      to++;
    }
    return joined(bytes, Math.min(bytes.length, from + 1), piece, to);
  }

  private static byte[] joined(byte[] bytes, int end, byte[] piece, int begin) {
    byte[] joined = Arrays.copyOf(bytes, end + piece.length + bytes.length - begin);
    System.arraycopy(piece, 0, joined, end, piece.length);
    System.arraycopy(bytes, begin, joined, end + piece.length, bytes.length - begin);
    return joined;
  }
}
