package com.soundcore.kcp.workload;

/** What a virtual user carries. */
final class Keys {
  /** The call that is being made. */
  static final String CALL = "call";

  /** What the calls of its journey have saved, by name. */
  static final String SAVED = "saved";

  private Keys() {}
}
