package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.run.Stopped.Reason;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StoppedTest {
  private static Stopped read(String reason) throws IOException {
    return new ObjectMapper()
        .readValue("{\"second\": 9, \"why\": \"errors\"" + reason + "}", Stopped.class);
  }

  @Test
  void aStopWithoutAReasonIsTheSystems() throws IOException {
    assertThat(read("")).isEqualTo(new Stopped(9, "errors", Reason.SYSTEM));
    assertThat(read("").isByGenerator()).isFalse();
  }

  @Test
  void aStopOfAMachineThatIsUsedUpIsTheGenerators() throws IOException {
    assertThat(read(", \"reason\": \"GENERATOR\"").isByGenerator()).isTrue();
    assertThat(read(", \"reason\": \"SYSTEM\"").isByGenerator()).isFalse();
  }
}
