package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.LogException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogInputTest {
  private static final int BUFFER = 1 << 16;

  private static LogInput of(int... bytes) {
    byte[] some = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      some[i] = (byte) bytes[i];
    }
    return of(some);
  }

  private static LogInput of(byte[] bytes) {
    return new LogInput(new ByteArrayInputStream(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, 0x80818283, 0x7f80ff01, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void aNumberIsBigEndianWhereverTheBufferEnds(int number) throws IOException {
    for (int before = BUFFER - 5; before <= BUFFER; before++) {
      LogInput in = of(ByteBuffer.allocate(before + 4).putInt(before, number).array());
      in.readBytes(before);
      assertThat(in.readInt()).as("after %d bytes", before).isEqualTo(number);
      assertThat(in.offset()).isEqualTo(before + 4);
      assertThat(in.hasMore()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 0x80818283_84858687L, 0x00000001_80000000L, Long.MIN_VALUE})
  void aLongNumberIsBigEndian(long number) throws IOException {
    assertThat(of(ByteBuffer.allocate(8).putLong(number).array()).readLong()).isEqualTo(number);
  }

  @Test
  void theOffsetIsThatOfTheNextByte() throws IOException {
    LogInput in = of(5, 6);
    assertThat(in.offset()).isZero();
    assertThat(in.hasMore()).isTrue();
    assertThat(in.readByte()).isEqualTo(5);
    assertThat(in.offset()).isEqualTo(1);
    assertThat(in.readByte()).isEqualTo(6);
    assertThat(in.hasMore()).isFalse();
    assertThat(in.hasMore()).isFalse();
    assertThat(in.offset()).isEqualTo(2);
  }

  @Test
  void anEndWithinAValueIsACut() {
    assertThatThrownBy(of()::readByte).isInstanceOf(LogInput.Cut.class);
    assertThatThrownBy(of(1, 2, 3)::readInt).isInstanceOf(LogInput.Cut.class);
    assertThatThrownBy(of(1, 2, 3, 4, 5, 6, 7)::readLong).isInstanceOf(LogInput.Cut.class);
    assertThatThrownBy(of(0, 0, 0, 2, 'a')::readString).isInstanceOf(LogInput.Cut.class);
    assertThatThrownBy(of(0, 0, 0, 1, 'a')::readString).isInstanceOf(LogInput.Cut.class);
  }

  @Test
  void aFlagIsZeroOrOne() throws IOException {
    assertThat(of(0).readBoolean()).isFalse();
    assertThat(of(1).readBoolean()).isTrue();
    assertThatThrownBy(of(2)::readBoolean)
        .isInstanceOf(LogException.class)
        .hasMessage(
            "The log is corrupt near byte 1: a flag was 2. It must be a simulation.log as Gatling"
                + " wrote it.");
    assertThatThrownBy(of(0xff)::readBoolean).hasMessageContaining("a flag was -1");
  }

  @Test
  void aStringIsLatinOrUtf16AndAnEmptyOneHasNoCoder() throws IOException {
    assertThat(of(0, 0, 0, 0).readString()).isEmpty();
    assertThat(of(0, 0, 0, 2, 'a', 0xe9, 0).readString()).isEqualTo("aé");
    // Gatling writes the chars as they lie in the memory of the JVM.
    byte[] wide =
        ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putChar('Ω').putChar('→').array();
    assertThat(of(0, 0, 0, 4, wide[0], wide[1], wide[2], wide[3], 1).readString()).isEqualTo("Ω→");
    assertThatThrownBy(of(0, 0, 0, 1, 'a', 2)::readString)
        .isInstanceOf(LogException.class)
        .hasMessageContaining("a string's coder was 2");
  }

  @Test
  void noLengthIsBelievedThatCannotBe() throws IOException {
    byte[] longest = new byte[BUFFER];
    Arrays.fill(longest, (byte) 7);
    assertThat(of(longest).readBytes(BUFFER)).isEqualTo(longest);
    assertThat(of().readBytes(0)).isEmpty();
    assertThatThrownBy(() -> of(new byte[BUFFER + 1]).readBytes(BUFFER + 1))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("a length was 65537");
    assertThatThrownBy(() -> of(1).readBytes(-1))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("a length was -1");
  }
}
