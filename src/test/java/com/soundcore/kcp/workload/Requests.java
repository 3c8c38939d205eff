package com.soundcore.kcp.workload;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyBytes;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.soundcore.kcp.config.Operation;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends the call that a virtual user carries, and checks its answer. */
final class Requests {
  /** How the message of a failed content check begins; verdicts look for it. */
  private static final String WRONG_CONTENT = "content";

  private Requests() {}

  /** The request of one operation, in the group of its service. */
  static ChainBuilder of(Operation operation) {
    HttpRequestActionBuilder request =
        http(operation.name())
            .httpRequest(operation.method(), session -> call(session).url())
            .check(checks(operation));
    if (!operation.body().isEmpty()) {
      request = request.body(StringBody(session -> call(session).body()));
    }
    return group(operation.service()).on(exec(request));
  }

  static Call call(Session session) {
    return session.get(Keys.CALL);
  }

  /** Status and content: a 200 with the wrong content is an error. */
  private static List<CheckBuilder> checks(Operation operation) {
    return List.of(
        status().is(operation.status()),
        bodyBytes()
            .validate("content", (body, session) -> checked(body, call(session)))
            .name(WRONG_CONTENT));
  }

  /**
   * Looks at the bytes and not at Gatling's string of them: that one is decoded byte by byte, which
   * was a sixth of the generator's work.
   */
  private static byte[] checked(byte[] body, Call call) {
    String text = new String(body, StandardCharsets.UTF_8);
    for (String piece : call.contains()) {
      if (!text.contains(piece)) {
        throw new IllegalArgumentException("no " + piece + " in the answer");
      }
    }
    return body;
  }
}
