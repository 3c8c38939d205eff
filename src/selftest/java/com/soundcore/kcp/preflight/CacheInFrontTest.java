package com.soundcore.kcp.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.preflight.ServiceFindings.Caveat;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheInFrontTest {
  private static final Operation LIST =
      SyntheticRun.CONFIG.allServices().get("knowledge").operations().get("list");

  private static List<Answer> answered(String header, String value) {
    HttpHeaders headers = HttpHeaders.of(Map.of(header, List.of(value)), (name, text) -> true);
    return List.of(new Answer(200, "{}"), new Answer(200, "{}", headers));
  }

  @ParameterizedTest
  @CsvSource({
    "x-cache, HIT from edge-3, X-Cache: HIT",
    "X-Cache, MISS, X-Cache: MISS",
    "Cache-Status, 'ExampleCache; hit; ttl=376', Cache-Status: ExampleCache",
    "CF-Cache-Status, REVALIDATED, CF-Cache-Status: REVALIDATED",
    "Age, 12, Age"
  })
  void aCacheThatNamesItselfIsACaveat(String header, String value, String said) {
    assertThat(CacheInFront.of(LIST, answered(header, value)))
        .contains(
            new Caveat(
                "CACHED",
                "a cache in front answers with " + said + ": it may answer in the service's place",
                "knowledge / list"));
  }

  @ParameterizedTest
  @CsvSource({"Age, 0", "CF-Cache-Status, DYNAMIC", "X-Cache-Status, BYPASS", "Via, 1.1 varnish"})
  void anAnswerThatWasMadeForThisCallIsNone(String header, String value) {
    assertThat(CacheInFront.of(LIST, answered(header, value))).isEmpty();
  }

  @Test
  void anAnswerWithoutAHeaderIsNone() {
    assertThat(CacheInFront.of(LIST, List.of(new Answer(200, "{}")))).isEmpty();
  }
}
