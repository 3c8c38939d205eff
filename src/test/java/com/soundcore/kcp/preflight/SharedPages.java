package com.soundcore.kcp.preflight;

import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Pages that several services may share, each asked once. Safe for use by several threads. */
final class SharedPages {
  private final Http http;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  SharedPages(Http http) {
    this.http = http;
  }

  Answer get(String url) {
    return answers.computeIfAbsent(url, asked -> http.call("GET", asked, null));
  }
}
