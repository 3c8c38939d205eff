package com.soundcore.kcp.backend.http;

import java.util.List;
import java.util.Map;

/** Invalid input, answered with 422. */
public final class Invalid extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Map<String, Object> problem;

  public Invalid(String type, List<Object> location, String message, Object input) {
    super(message, null, false, false);
    this.problem =
        Map.of("type", type, "loc", location, "msg", message, "input", input == null ? "" : input);
  }

  static Invalid body(String type, String message) {
    return new Invalid(type, List.of("body"), message, Map.of());
  }

  public static Invalid field(String field, String type, String message, Object input) {
    return new Invalid(type, List.of("body", field), message, input);
  }

  public Reply reply() {
    return Reply.detail(422, List.of(problem));
  }
}
