package com.soundcore.kcp.workload;

/** The session keys of a virtual user. */
final class Keys {
  /** The current call. */
  static final String CALL = "call";

  /** The values that the journey's calls have saved, by name. */
  static final String SAVED = "saved";

  private Keys() {}
}
