package com.soundcore.kcp.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.testkit.SyntheticRun;
import io.gatling.http.client.Request;
import io.gatling.http.client.RequestBuilder;
import io.gatling.http.client.uri.Uri;
import io.netty.handler.codec.http.HttpMethod;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TracingTest {
  private static final Operation ME =
      SyntheticRun.CONFIG.allServices().get("auth").operations().get("me");
  private static final String TRACE = "0123456789abcdef0123456789abcdef";

  private static Request signed(String trace) {
    Request request =
        new RequestBuilder("me", HttpMethod.GET, Uri.create("http://127.0.0.1:1/me"), null).build();
    return Tracing.sign(request, CallFixture.ended(ME, "", "", trace));
  }

  @Test
  void aCallWithATraceAsksEveryServiceToRecordIt() {
    assertThat(signed(TRACE).getHeaders().get("traceparent"))
        .matches("00-" + TRACE + "-(?!0{16})[0-9a-f]{16}-01");
  }

  @Test
  void aCallWithoutATraceHasNoHeader() {
    assertThat(signed("").getHeaders().contains("traceparent")).isFalse();
  }

  @Test
  void theShareSaysWhichCallsHaveATrace() {
    assertThat(Stream.generate(Tracing.NONE::next).limit(100)).containsOnly("");
    assertThat(Stream.generate(new Tracing(1)::next).limit(100))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
  }
}
