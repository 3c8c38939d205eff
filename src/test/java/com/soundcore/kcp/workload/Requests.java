package com.soundcore.kcp.workload;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.soundcore.kcp.config.Operation;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.ArrayList;
import java.util.List;

/** Sends the call that a virtual user carries, and checks its answer. */
final class Requests {
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
    List<CheckBuilder> checks = new ArrayList<>();
    checks.add(status().is(operation.status()));
    for (int i = 0; i < operation.contains().size(); i++) {
      int index = i;
      String text = operation.contains().get(i);
      boolean fixed = new Template(text, new ArrayList<>(), Value::inJson).isFixed();
      checks.add(
          fixed
              ? substring(text).exists()
              : substring(session -> call(session).contains().get(index)).exists());
    }
    return checks;
  }
}
