package com.soundcore.kcp.workload;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.http.HttpDsl.http;

import com.soundcore.kcp.config.services.Operation;
import io.gatling.commons.stats.OK$;
import io.gatling.core.session.GroupBlock;
import io.gatling.http.request.builder.HttpRequestBuilder;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.HashMap;
import java.util.Map;

/** The sending of a virtual user's calls, and the report of their outcome. */
final class Requests {
  private final InFlight inFlight;
  private final Observer observer;
  private final Tracing tracing;

  Requests(InFlight inFlight, Observer observer, Tracing tracing) {
    this.inFlight = inFlight;
    this.observer = observer;
    this.tracing = tracing;
  }

  /** Reserves a slot among the requests in flight. Without a slot, the call is dropped. */
  Session enter(Session session, DrawnCall call) {
    Operation operation = call.operation();
    if (!inFlight.enter(operation.service())) {
      return session;
    }
    observer.sent(operation);
    DrawnCall filled = operation.usesSaved() ? call.with(saved(session)) : call;
    filled.tracedAs(tracing.next());
    return session.set(Keys.CALL, filled);
  }

  /** Returns the request of one operation, in its service's group. */
  ChainBuilder of(Operation operation) {
    HttpRequestActionBuilder request =
        http(operation.name()).httpRequest(operation.method(), session -> call(session).url());
    if (!operation.body().isEmpty()) {
      request =
          request
              .header("Content-Type", operation.exchange().mediaType())
              .body(StringBody(session -> call(session).body()));
    }
    for (String name : operation.exchange().headers().keySet()) {
      request = request.header(name, session -> call(session).headers().get(name));
    }
    return group(operation.service()).on(exec(checked(request, operation)).exec(this::leave));
  }

  private ActionBuilder checked(HttpRequestActionBuilder request, Operation operation) {
    HttpRequestBuilder unchecked = (HttpRequestBuilder) request.asScala();
    HttpRequestBuilder checked = unchecked.check(new AnswerChecks(operation, observer).all());
    return () -> checked;
  }

  static DrawnCall call(Session session) {
    return session.get(Keys.CALL);
  }

  /**
   * Reads time and outcome from the group, which contains only this request. They equal those in
   * the log, even without a response.
   */
  private Session leave(Session session) {
    DrawnCall call = call(session);
    GroupBlock group = (GroupBlock) session.asScala().blockStack().head();
    boolean ok = group.status() == OK$.MODULE$;
    try {
      int millis = group.cumulatedResponseTime();
      observer.answered(call.operation(), millis, ok, call.received(), call.wrong());
      observer.ended(call, millis, ok);
    } finally {
      inFlight.leave();
    }
    // If the next call is dropped, this one must not be sent again.
    Session next = session.remove(Keys.CALL);
    return call.saved().isEmpty() ? next : next.set(Keys.SAVED, merged(saved(session), call));
  }

  private static Map<String, String> saved(Session session) {
    return session.contains(Keys.SAVED) ? session.get(Keys.SAVED) : Map.of();
  }

  private static Map<String, String> merged(Map<String, String> before, DrawnCall call) {
    Map<String, String> all = new HashMap<>(before);
    all.putAll(call.saved());
    return all;
  }
}
