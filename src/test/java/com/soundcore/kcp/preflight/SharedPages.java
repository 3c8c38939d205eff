package com.soundcore.kcp.preflight;

import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A cache of pages that several services may share; each is requested once. Thread-safe. */
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
