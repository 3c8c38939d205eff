package com.soundcore.kcp;

/** How a run ends: PASS 0, FAIL 2, INVALID 3. Under Maven each but 0 is a build failure. */
final class Exit {
  private static final int FAIL = 2;
  private static final int INVALID = 3;

  private Exit() {}

  /** Ends now: no verdict is possible. */
  static void invalid(String why) {
    System.out.println("\nINVALID: " + why + "\n");
    System.exit(INVALID);
  }

  /** Ends as failed, but only after Gatling has written its report. */
  static void failAfterReport(String why) {
    Thread last =
        new Thread(
            () -> {
              System.out.println("\nFAIL: " + why + "\n");
              System.out.flush();
              Runtime.getRuntime().halt(FAIL);
            });
    Runtime.getRuntime().addShutdownHook(last);
  }
}
