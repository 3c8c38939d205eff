package com.soundcore.kcp.backend.http;

/** Answers one call. */
@FunctionalInterface
public interface Action {
  /** The answer; what is thrown becomes a status and a body. */
  Reply answer(ApiCall call) throws Exception;
}
