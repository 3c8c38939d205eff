package com.soundcore.kcp.backend.http;

/** Handler of one call. */
@FunctionalInterface
public interface Action {
  /** Returns the answer. An exception becomes a status and a body. */
  Reply answer(ApiCall call) throws Exception;
}
