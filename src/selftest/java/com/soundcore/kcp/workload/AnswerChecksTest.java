package com.soundcore.kcp.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.run.ErrorKind;
import com.soundcore.kcp.testkit.SyntheticRun;
import io.gatling.commons.validation.Failure;
import io.gatling.core.check.Check$;
import io.gatling.core.session.Session$;
import io.gatling.http.response.ByteArrayResponseBody;
import io.gatling.http.response.Response;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.OptionConverters;

class AnswerChecksTest {
  private static final Operation LOGIN =
      SyntheticRun.CONFIG.allServices().get("auth").operations().get("login");

  /** Keeps what the checks report. */
  private static final class Watching implements Observer {
    private final List<Double> inside = new ArrayList<>();
    private boolean wanted = true;

    @Override
    public void userStarts() {}

    @Override
    public void userEnds() {}

    @Override
    public void sent(Operation operation) {}

    @Override
    public void answered(Operation operation, int millis, boolean ok, int bytes, String wrong) {}

    @Override
    public boolean wantsInside(Operation operation) {
      return wanted;
    }

    @Override
    public void inside(Operation operation, double millis) {
      inside.add(millis);
    }
  }

  private final Watching observer = new Watching();
  private final DrawnCall call = new DrawnCall(LOGIN, "http://h/", null, List.of("\"ä\":"));

  /** What Gatling would log; empty where every check passes. */
  private String checked(int status, String body, String processTime) {
    return checked(LOGIN, call, status, body, processTime);
  }

  private String checked(
      Operation operation, DrawnCall call, int status, String body, String processTime) {
    Response response =
        new Response(
            null,
            0,
            0,
            HttpResponseStatus.valueOf(status),
            new DefaultHttpHeaders().set("x-process-time", processTime),
            new ByteArrayResponseBody(
                body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
            Map$.MODULE$.empty(),
            false);
    return OptionConverters.toJava(
            Check$.MODULE$
                .<Response>check(
                    response,
                    Session$.MODULE$.apply("auth", 1, null).set(Keys.CALL, call),
                    new AnswerChecks(operation, observer).all().toList().map(check -> check))
                ._2())
        .map(Failure::message)
        .orElse("");
  }

  private String checked(int status, String body) {
    return checked(status, body, "0.25");
  }

  @Test
  void aRightAnswerPassesAndItsBytesAreKept() {
    assertThat(checked(200, "{\"ä\":1}")).isEmpty();
    assertThat(call.wrong()).isEmpty();
    assertThat(call.received()).isEqualTo(8);
  }

  @Test
  void aWrongStatusIsLoggedBeforeTheContentAndBothAreChecked() {
    assertThat(checked(503, "down")).isEqualTo("status, 503 in place of 200");
    assertThat(call.wrong()).isEqualTo("503 in place of 200");
    assertThat(call.received()).isEqualTo(4);
    assertThat(ErrorKind.statusOf(checked(503, "down"))).hasValue(503);
  }

  @Test
  void aRightStatusWithoutAPieceOrWithAForbiddenOneIsAnError() {
    assertThat(checked(200, "{}")).isEqualTo("content, no \"ä\": in the answer");
    assertThat(checked(200, "{\"ä\":\"not_implemented\"}"))
        .isEqualTo("content, not_implemented in the answer");
    assertThat(ErrorKind.of(checked(200, ""))).isEqualTo(ErrorKind.WRONG_CONTENT);
  }

  @Test
  void theTimeInsideTheApplicationIsReadWhereItIsWantedAndATime() {
    checked(200, "{\"ä\":1}", "0.25");
    assertThat(checked(200, "{\"ä\":1}", "fast")).isEmpty();
    observer.wanted = false;
    checked(200, "{\"ä\":1}", "0.5");
    assertThat(observer.inside).containsExactly(250.0);
  }

  /** As the shipped configuration checks it, with its pieces as they are. */
  private String shipped(Operation operation, String body) {
    DrawnCall drawn = new DrawnCall(operation, "http://h/", null, operation.contains());
    return checked(operation, drawn, operation.status(), body, "0.25");
  }

  @Test
  void jsonAloneIsNoAnswerOfTheAuthService() {
    assertThat(shipped(LOGIN, "{\"access_token\":\"abc\",\"token_type\":\"bearer\"}")).isEmpty();
    assertThat(shipped(LOGIN, "{\"status\":\"ok\"}"))
        .isEqualTo("content, no \"access_token\":\" in the answer");
    assertThat(shipped(LOGIN, "{\"access_token\":null}")).startsWith("content, ");
  }

  @Test
  void aPlaceholderIsRightOnlyWhereItIsAllowed() {
    String notYet = "{\"message\":\"Coming soon\",\"status\":\"not_implemented\"}";
    Properties properties = new Properties();
    properties.setProperty("kcp.placeholders", "auth / login");
    Operation allowed =
        ConfigLoader.load(properties).allServices().get("auth").operations().get("login");
    assertThat(shipped(LOGIN, notYet)).startsWith("content, ");
    assertThat(shipped(allowed, notYet)).isEmpty();
    assertThat(shipped(allowed, "{\"access_token\":\"abc\"}")).isEmpty();
    assertThat(shipped(allowed, "{\"status\":\"ok\"}")).startsWith("content, ");
  }
}
