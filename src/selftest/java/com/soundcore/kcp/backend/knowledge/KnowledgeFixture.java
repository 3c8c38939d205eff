package com.soundcore.kcp.backend.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.testkit.BackendClient.Answer;
import com.soundcore.kcp.testkit.OnOneBackend;

/** Tests that write knowledge items of their own to the one backend that they share. */
abstract class KnowledgeFixture extends OnOneBackend {
  static String item(String title, String tag) {
    return """
    {"title":"%s","content":"Some text","type":"faq","tags":["t1","%s"],"status":"draft"}\
    """
        .formatted(title, tag);
  }

  JsonNode create(String title, String tag) {
    Answer answer = backend.post("knowledge", "/api/v1/knowledge/", item(title, tag));
    assertThat(answer.status()).isEqualTo(201);
    return answer.json();
  }
}
