package com.soundcore.kcp.backend.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private final Routes<String> routes = new Routes<>();

  @BeforeEach
  void add() {
    routes.add("GET", "/items/{id}", "get");
    routes.add("POST", "/items/{id}/like", "like");
    routes.add("GET", "/items/batch", "batch");
    routes.add("GET", "/items/", "list");
  }

  private String found(String method, String path) {
    return routes
        .find(method, path)
        .map(match -> match.route() + ":" + match.parameter())
        .orElse("none");
  }

  @Test
  void aPathWithoutAParameterTakesPrecedence() {
    assertThat(found("GET", "/items/batch")).isEqualTo("batch:");
    assertThat(found("GET", "/items/batches")).isEqualTo("get:batches");
    assertThat(found("GET", "/items/")).isEqualTo("list:");
  }

  @Test
  void aParameterIsExactlyOneSegment() {
    assertThat(found("GET", "/items/12")).isEqualTo("get:12");
    assertThat(found("POST", "/items/12/like")).isEqualTo("like:12");
    assertThat(found("GET", "/items/1/2")).isEqualTo("none");
    assertThat(found("POST", "/items/1/2/like")).isEqualTo("none");
    assertThat(found("POST", "/items//like")).isEqualTo("none");
    assertThat(found("GET", "/items")).isEqualTo("none");
  }

  @Test
  void aPathOfAnotherMethodIsKnownButNotFound() {
    assertThat(found("PUT", "/items/12")).isEqualTo("none");
    assertThat(routes.knows("/items/12")).isTrue();
    assertThat(routes.knows("/items/batch")).isTrue();
    assertThat(routes.knows("/items/1/2")).isFalse();
  }
}
