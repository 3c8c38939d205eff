package com.soundcore.kcp.testkit;

import com.soundcore.kcp.config.services.Exchange;
import com.soundcore.kcp.config.services.Operation;
import java.util.List;
import java.util.Optional;

/** An operation without body, headers and saved values. */
public final class PlainOperation {
  private PlainOperation() {}

  /**
   * Creates an operation.
   *
   * @param call its method and path, such as "GET /me"
   * @param contains texts that its answer must have
   */
  public static Operation of(
      String service, String name, String call, int status, List<String> contains) {
    return new Operation(
        service,
        name,
        call.substring(0, call.indexOf(' ')),
        call.substring(call.indexOf(' ') + 1),
        "",
        status,
        contains,
        List.of(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Exchange.PLAIN);
  }
}
