package com.soundcore.kcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowIdTest {
  @Test
  void numbersAndPlainTextsAreIds() {
    assertThat(RowId.of(IntNode.valueOf(7))).contains("7");
    assertThat(RowId.of(TextNode.valueOf("a-1_B"))).contains("a-1_B");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.2:de", "a.b@example.org", "(x)", "..."})
  void aRowIsReadByIdsThatRemoveNone(String id) {
    assertThat(RowId.toRead(TextNode.valueOf(id))).contains(id);
    assertThat(RowId.of(TextNode.valueOf(id))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../products/7", "a/b", "a?b=c", "a#b", "a b", "%2e", "a\n"})
  void whatLeavesItsSegmentIsNoId(String id) {
    assertThat(RowId.toRead(TextNode.valueOf(id))).isEmpty();
    assertThat(RowId.of(TextNode.valueOf(id))).isEmpty();
  }

  @Test
  void nothingElseIsAnId() {
    assertThat(RowId.toRead(NullNode.instance)).isEmpty();
    assertThat(RowId.toRead(TextNode.valueOf("x".repeat(201)))).isEmpty();
  }
}
