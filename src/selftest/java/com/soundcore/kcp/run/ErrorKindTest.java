package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.ErrorKind.Fault;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorKindTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status, 503 in place of 200 | WRONG_STATUS | SYSTEM",
        "status, 500 timeout in place of 200 | WRONG_STATUS | SYSTEM",
        "the status, 503 in place of 200 | CLOSED | SYSTEM",
        "content, no \"items\": in the answer | WRONG_CONTENT | SYSTEM",
        "the content, no items | CLOSED | SYSTEM",
        "j.n.BindException: Cannot assign requested address | GENERATOR | GENERATOR",
        "Too many open files | GENERATOR | GENERATOR",
        "No buffer space available | GENERATOR | GENERATOR",
        "Cannot allocate memory | GENERATOR | GENERATOR",
        "j.l.OutOfMemoryError: Java heap space | GENERATOR | GENERATOR",
        "j.n.UnknownHostException: api | GENERATOR | GENERATOR",
        "Failed to resolve 'api' | GENERATOR | GENERATOR",
        "No route to host | UNREACHABLE | SYSTEM",
        "Network is unreachable | UNREACHABLE | SYSTEM",
        "Failed to resolve 'api' and timed out | GENERATOR | GENERATOR",
        "Request timeout to api after 60000 ms | TIMEOUT | SYSTEM",
        "connection timed out: api/10.0.0.1:443 | TIMEOUT | SYSTEM",
        "Connection refused: api/10.0.0.1:443 | REFUSED | SYSTEM",
        "Premature close | CLOSED | SYSTEM",
        "'' | CLOSED | SYSTEM",
      })
  void aMessageTellsTheKindOfTheErrorAndWhoseFaultItIs(
      String message, ErrorKind kind, Fault fault) {
    assertThat(ErrorKind.of(message)).isEqualTo(kind);
    assertThat(ErrorKind.faultOf(message)).isEqualTo(fault);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 422})
  void aStatusThatRejectsTheCallBlamesTheTestData(int status) {
    String words = ErrorKind.wrongStatus(status, 200);
    assertThat(ErrorKind.faultOf("status, " + words)).isEqualTo(Fault.TEST_DATA);
    assertThat(ErrorKind.faultOf("status, k.WrongStatusException: " + words))
        .isEqualTo(Fault.TEST_DATA);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 402, 405, 409, 421, 423, 429, 500, 503})
  void anyOtherStatusBlamesTheSystem(int status) {
    assertThat(ErrorKind.faultOf("status, " + ErrorKind.wrongStatus(status, 201)))
        .isEqualTo(Fault.SYSTEM);
  }

  @Test
  void theStatusThatCameIsReadFromTheMessage() {
    assertThat(ErrorKind.statusOf("status, 503 in place of 200")).isEqualTo(OptionalInt.of(503));
    assertThat(ErrorKind.statusOf("status, k.WrongStatusException: 404 in place of 200"))
        .isEqualTo(OptionalInt.of(404));
    assertThat(ErrorKind.statusOf("503 in place of 200")).isEmpty();
    assertThat(ErrorKind.statusOf("status, 5031 in place of 200")).isEmpty();
    assertThat(ErrorKind.statusOf("content, 503 in the answer")).isEmpty();
  }

  @Test
  void peopleReadTheMessageOfACheckWithoutTheClassOfItsException() {
    assertThat(ErrorKind.words("status, k.WrongStatusException: 503 in place of 200"))
        .isEqualTo("status, 503 in place of 200");
    assertThat(ErrorKind.words("content, k.CheckError: no items in the answer"))
        .isEqualTo("content, no items in the answer");
    assertThat(ErrorKind.words("status, 503 in place of 200"))
        .isEqualTo("status, 503 in place of 200");
    assertThat(ErrorKind.words("j.n.ConnectException: Connection refused"))
        .isEqualTo("j.n.ConnectException: Connection refused");
  }

  @Test
  void onlyCallsThatNeverLeftTheGeneratorAreCountedAsItsOwn() {
    assertThat(
            ErrorKind.ofGenerator(
                Map.of(
                    "Too many open files", 3L,
                    "Failed to resolve 'api'", 4L,
                    "Connection refused", 50L,
                    "status, 404 in place of 200", 600L)))
        .isEqualTo(7);
    assertThat(ErrorKind.ofGenerator(Map.of())).isZero();
  }

  @Test
  void whatIsWrittenIsReadAsItsKind() {
    assertThat(ErrorKind.wrongStatus(503, 200)).isEqualTo("503 in place of 200");
    assertThat(ErrorKind.missing("\"items\":")).isEqualTo("no \"items\": in the answer");
    assertThat(ErrorKind.forbidden("not_implemented")).isEqualTo("not_implemented in the answer");
    assertThat(ErrorKind.of(ErrorKind.statusCheck() + ", " + ErrorKind.wrongStatus(503, 200)))
        .isEqualTo(ErrorKind.WRONG_STATUS);
    assertThat(ErrorKind.of(ErrorKind.contentCheck() + ", " + ErrorKind.missing("timeout")))
        .isEqualTo(ErrorKind.WRONG_CONTENT);
  }

  @Test
  void onlyContentHasValuesThatDifferFromCallToCall() {
    assertThat(ErrorKind.withoutValues(ErrorKind.missing("\"id\":7"))).isEqualTo("content");
    assertThat(ErrorKind.withoutValues(ErrorKind.forbidden("null"))).isEqualTo("content");
    assertThat(ErrorKind.withoutValues("503 in place of 200")).isEqualTo("503 in place of 200");
  }
}
