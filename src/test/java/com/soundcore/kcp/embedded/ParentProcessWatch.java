package com.soundcore.kcp.embedded;

/** The process that started this one. */
public final class ParentProcessWatch {
  private static final int KILLED = 137;

  private ParentProcessWatch() {}

  /** Ends this process as soon as its parent is gone: nobody watches the load any more. */
  public static void stopWithIt() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(KILLED)));
  }
}
