package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.run.ErrorKind;
import io.gatling.commons.validation.Failure;
import io.gatling.commons.validation.Validation;
import io.gatling.core.check.Check;
import io.gatling.core.check.CheckResult;
import io.gatling.core.check.CheckResult$;
import io.gatling.http.check.HttpCheck;
import io.gatling.http.check.HttpCheckScope;
import io.gatling.http.check.HttpCheckScope.Body$;
import io.gatling.http.check.HttpCheckScope.Status$;
import io.gatling.http.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The checks of an operation's responses. They cover status and content, because a 200 with wrong
 * content is an error.
 *
 * <p>They implement Gatling's type of check directly. The extractors and validators of its DSL cost
 * more than the checks themselves.
 */
final class AnswerChecks {
  private static final String PROCESS_TIME = "X-Process-Time";
  private static final String RIGHT = "";

  private final Operation operation;
  private final Observer observer;

  AnswerChecks(Operation operation, Observer observer) {
    this.operation = operation;
    this.observer = observer;
  }

  /** Returns all checks. The status comes first, because Gatling logs the first failure. */
  Seq<HttpCheck> all() {
    return CollectionConverters.asScala(
            List.of(
                check(Status$.MODULE$, ErrorKind.statusCheck(), this::status),
                check(Body$.MODULE$, ErrorKind.contentCheck(), this::content)))
        .toSeq();
  }

  private static HttpCheck check(
      HttpCheckScope scope, String name, BiFunction<Response, DrawnCall, String> wrong) {
    return new HttpCheck(
        new Check.Simple<>(
            (response, session, unused) -> {
              DrawnCall call = (DrawnCall) session.attributes().apply(Keys.CALL);
              return result(call, name, wrong.apply(response, call));
            },
            Option.empty()),
        scope);
  }

  private static Validation<CheckResult> result(DrawnCall call, String name, String wrong) {
    if (wrong.equals(RIGHT)) {
      return CheckResult$.MODULE$.NoopCheckResultSuccess();
    }
    call.markWrong(wrong);
    return Failure.apply(name + ", " + wrong).map(none -> null);
  }

  private String status(Response response, DrawnCall call) {
    int status = response.status().code();
    return status == operation.status() ? RIGHT : ErrorKind.wrongStatus(status, operation.status());
  }

  /**
   * Checks the response's bytes instead of Gatling's string. Gatling decodes its string byte by
   * byte, which was a sixth of the generator's work.
   */
  private String content(Response response, DrawnCall call) {
    byte[] body = response.body().bytes();
    call.received(body);
    if (observer.wantsInside(operation)) {
      inside(response.headers().get(PROCESS_TIME));
    }
    String text = new String(body, StandardCharsets.UTF_8);
    if (operation.mayBePlaceholder() && !operation.placeholderIn(text).isEmpty()) {
      return RIGHT;
    }
    for (String piece : call.contains()) {
      if (!text.contains(piece)) {
        return ErrorKind.missing(piece);
      }
    }
    for (String piece : operation.forbids()) {
      if (text.contains(piece)) {
        return ErrorKind.forbidden(piece);
      }
    }
    String error = operation.errorIn(text);
    if (!error.isEmpty()) {
      return ErrorKind.forbidden(error);
    }
    return operation.exchange().saves().isEmpty() ? RIGHT : saved(text, response, call);
  }

  private static String saved(String text, Response response, DrawnCall call) {
    return call.save(text, response.headers()::getAll)
        .map(name -> ErrorKind.missing("saved." + name))
        .orElse(RIGHT);
  }

  /** Ignores an unreadable header, because services need not send it. */
  private void inside(String seconds) {
    if (seconds != null) {
      try {
        observer.inside(operation, Double.parseDouble(seconds) * 1000);
      } catch (NumberFormatException notATime) {
        // An unreadable time counts as missing.
      }
    }
  }
}
