package com.soundcore.kcp.workload;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyBytes;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.run.ErrorKind;
import io.gatling.commons.stats.OK$;
import io.gatling.core.session.GroupBlock;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends the call that a virtual user carries, checks its answer, and tells how it went. */
final class Requests {
  private static final String PROCESS_TIME = "X-Process-Time";

  private final InFlight inFlight;
  private final Observer observer;
  private final Tracing tracing;

  Requests(InFlight inFlight, Observer observer, Tracing tracing) {
    this.inFlight = inFlight;
    this.observer = observer;
    this.tracing = tracing;
  }

  /** A place among the requests in flight for a call; where there is none the call is shed. */
  Session enter(Session session, DrawnCall call) {
    Operation operation = call.operation();
    if (!inFlight.enter(operation.service())) {
      return session;
    }
    observer.sent(operation);
    call.tracedAs(tracing.next());
    return session.set(Keys.CALL, call);
  }

  /** The request of one operation, in the group of its service. */
  ChainBuilder of(Operation operation) {
    HttpRequestActionBuilder request =
        http(operation.name())
            .httpRequest(operation.method(), session -> call(session).url())
            .check(checks(operation))
            .checkIf(session -> observer.wantsInside(operation))
            .then(
                header(PROCESS_TIME)
                    .validate(PROCESS_TIME, (seconds, session) -> inside(seconds, call(session)))
                    .name(PROCESS_TIME));
    if (!operation.body().isEmpty()) {
      request =
          request
              .header("Content-Type", "application/json")
              .body(StringBody(session -> call(session).body()));
    }
    return group(operation.service()).on(exec(request).exec(this::leave));
  }

  static DrawnCall call(Session session) {
    return session.get(Keys.CALL);
  }

  /**
   * Still within the group, which is around this request alone: its time and its outcome are those
   * that the log gets, of a request without any answer, too.
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
    // A call is made once: were the next one not to be had, this one must not go out again.
    return session.remove(Keys.CALL);
  }

  /** Status and content: a 200 with the wrong content is an error. */
  private List<CheckBuilder> checks(Operation operation) {
    return List.of(
        status()
            .validate(
                ErrorKind.statusCheck(),
                (status, session) -> {
                  if (status != operation.status()) {
                    throw failed(call(session), ErrorKind.wrongStatus(status, operation.status()));
                  }
                  return status;
                })
            .name(ErrorKind.statusCheck()),
        bodyBytes()
            .validate(ErrorKind.contentCheck(), (body, session) -> checked(body, call(session)))
            .name(ErrorKind.contentCheck()));
  }

  /** Never fails: the header is a courtesy of the service. */
  private String inside(String seconds, DrawnCall call) {
    if (seconds != null) {
      try {
        observer.inside(call.operation(), Double.parseDouble(seconds) * 1000);
      } catch (NumberFormatException notATime) {
        // as good as none
      }
    }
    return seconds;
  }

  /**
   * Looks at the bytes and not at Gatling's string of them: that one is decoded byte by byte, which
   * was a sixth of the generator's work.
   */
  private static byte[] checked(byte[] body, DrawnCall call) {
    call.received(body);
    String text = new String(body, StandardCharsets.UTF_8);
    for (String piece : call.contains()) {
      if (!text.contains(piece)) {
        throw failed(call, ErrorKind.missing(piece));
      }
    }
    for (String piece : call.operation().forbids()) {
      if (text.contains(piece)) {
        throw failed(call, ErrorKind.forbidden(piece));
      }
    }
    return body;
  }

  /** Gatling logs the message of what a check throws. */
  private static IllegalArgumentException failed(DrawnCall call, String why) {
    call.markWrong(why);
    return new IllegalArgumentException(why);
  }
}
