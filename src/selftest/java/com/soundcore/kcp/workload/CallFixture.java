package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.services.Operation;
import java.nio.charset.StandardCharsets;

/** Calls that were made already, for tests outside this package. */
public final class CallFixture {
  private CallFixture() {}

  /** One without a trace where the id is empty. */
  public static DrawnCall ended(Operation operation, String wrong, String answer, String trace) {
    DrawnCall call =
        new DrawnCall(operation, "http://h" + operation.path(), null, operation.contains());
    if (!wrong.isEmpty()) {
      call.markWrong(wrong);
    }
    call.received(answer.getBytes(StandardCharsets.UTF_8));
    call.tracedAs(trace);
    return call;
  }

  /** A right one. */
  public static DrawnCall right(Operation operation) {
    return ended(operation, "", "", "");
  }
}
