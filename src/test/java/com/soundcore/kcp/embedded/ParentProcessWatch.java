package com.soundcore.kcp.embedded;

/** Watch on the process that started this one. */
public final class ParentProcessWatch {
  private static final int KILLED = 137;

  private ParentProcessWatch() {}

  /** Ends this process as soon as its parent has exited, since then nothing watches the load. */
  public static void stopWithIt() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(KILLED)));
  }
}
