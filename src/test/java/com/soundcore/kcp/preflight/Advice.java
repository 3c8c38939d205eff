package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.http.TokenFacts;
import com.soundcore.kcp.openapi.ApiDocument;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Advice on failed calls: one sentence that says how to fix the cause. */
final class Advice {
  private static final String SPACE = "\\s+";
  private static final String CLIENT_CERTIFICATE =
      "it may require a client certificate, or another one (export KCP_KEY_STORE=client.p12 and"
          + " KCP_KEY_STORE_PASSWORD).";

  private static final String HTTP_2_ONLY =
      "It accepts HTTP/2 only: let preflight and load speak it (-Dkcp.sessions.http2=true), which"
          + " takes https.";

  private static final String PROXY =
      "The proxy (kcp.sessions.proxy) wants a login: check KCP_PROXY_USER and KCP_PROXY_PASSWORD.";

  private final String service;
  private final String environment;
  private final TokenFacts token;
  private final boolean hasToken;
  private final boolean encrypted;

  /**
   * @param environment the name of the environment file
   * @param token the token that the calls carry
   * @param encrypted whether the calls use https
   */
  Advice(String service, String environment, Optional<String> token, boolean encrypted) {
    this.service = service;
    this.environment = environment;
    this.token = new TokenFacts(token);
    this.hasToken = token.isPresent();
    this.encrypted = encrypted;
  }

  /**
   * Returns advice on a response.
   *
   * @param asked the configuration section that describes the call, such as
   *     "kcp.api.knowledge.operations.list"
   * @param operation the called operation; empty for health and data checks
   * @param missing the expected pieces that the body lacks
   * @param described the service's OpenAPI document
   * @param wrongBody how the request body violates the service's schema
   */
  String on(
      Answer answer,
      String asked,
      Optional<Operation> operation,
      List<String> missing,
      Optional<ApiDocument> described,
      Optional<String> wrongBody) {
    int status = answer.status();
    if (status == 0) {
      return withoutAnswer(answer.body(), asked);
    }
    if (status >= 300 && status < 400) {
      return "It redirects to %s, and no redirect is followed: write that address into %s."
          .formatted(
              answer.header("location").orElse("nowhere"),
              operation.isPresent() ? key(asked, "path") : url());
    }
    if (status == 401) {
      return unauthorized();
    }
    if (status == 403) {
      return "The signed-in user lacks the permission: grant it, or leave the"
          + " operation out of the mix (conf/workload.conf).";
    }
    if (status == 407) {
      return PROXY;
    }
    if (status == 429) {
      return "It limits the rate%s: exempt this machine from the limit, or lower the load (kcp.load-scale)."
          .formatted(RateLimit.of(answer).map(limit -> " (" + limit.inWords() + ")").orElse(""));
    }
    Optional<String> mismatch = described.flatMap(api -> operation.flatMap(api::against));
    if (mismatch.isPresent()) {
      return "%s: %s; write what is right into %s."
          .formatted(capitalised(service), mismatch.get(), key(asked, "path"));
    }
    if (status >= 400 && status < 500 && wrongBody.isPresent()) {
      return "Its /openapi.json asks for another body: %s. Write one that fits into %s, or let the command do it: %s."
          .formatted(
              wrongBody.get(),
              key(asked, "body"),
              SuiteCommand.kcp("init " + environment + " --force …"));
    }
    if (status >= 500) {
      return serverError(status);
    }
    if (status < 300 && operation.filter(call -> call.status() >= 400).isPresent()) {
      return "It answers %d where %d is right, so that its errors look like success. If that is how it answers, write what is right into %s and %s."
          .formatted(
              status, operation.get().status(), key(asked, "status"), key(asked, "contains"));
    }
    return status >= 400
        ? "Is the path right for this deployment? It is in %s; kcp.env=planned-dialect shows other paths."
            .formatted(key(asked, "path"))
        : content(answer, asked, missing);
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private String withoutAnswer(String why, String asked) {
    String url = url();
    if (why.contains("unknown host")) {
      return "Check the name in %s; is it known to this machine's DNS?".formatted(url);
    }
    if (why.startsWith("not sent: the header")) {
      return "Write another value into %s, or save another part of an answer for it."
          .formatted(key(asked, "headers"));
    }
    if (why.contains("got: 407")) {
      return PROXY;
    }
    if (why.startsWith("no TLS connection")) {
      return tls(why, url);
    }
    if (why.contains("no answer within")) {
      return "It accepts connections and does not answer in time: look at its log, or allow more"
          + " (-Dkcp.preflight.call-timeout=10s -Dkcp.preflight.total-timeout=60s).";
    }
    if (why.contains("no connection within")) {
      return "Nothing answers at that address: check %s, and the firewalls in between."
          .formatted(url);
    }
    if (why.contains("refused")) {
      return "Start it, or write where it is into %s.".formatted(url);
    }
    if (encrypted) {
      return "It closed the connection without an answer: " + CLIENT_CERTIFICATE;
    }
    return "Nothing there answers in HTTP/1.1: check %s, and whether it must be https (or http)."
        .formatted(url);
  }

  private static String tls(String why, String url) {
    if (why.contains("Received fatal alert") && why.contains("certificate")) {
      return "It refuses this client: " + CLIENT_CERTIFICATE;
    }
    if (why.contains("no_application_protocol")) {
      return HTTP_2_ONLY;
    }
    if (why.contains("PKIX")) {
      return "Its certificate is not trusted here. Put its authority into a store (keytool"
          + " -importcert -file ca.pem -keystore trust.p12), and export"
          + " KCP_TRUST_STORE=trust.p12 and KCP_TRUST_STORE_PASSWORD.";
    }
    if (why.contains("No subject alternative") || why.contains("No name matching")) {
      return "Its certificate is for another host: write that host into %s.".formatted(url);
    }
    return why.contains("terminated the handshake") || why.contains("nrecognized SSL message")
        ? "It does not speak https there: write http into %s.".formatted(url)
        : "Check the certificates at both ends: KCP_TRUST_STORE, KCP_KEY_STORE, and %s."
            .formatted(url);
  }

  private String unauthorized() {
    if (!hasToken) {
      return "It requires a bearer token: export KCP_TOKEN=…, or sign in (kcp.sessions.login)."
          + " Another header, or a cookie: kcp.sessions.token-header, or saves and headers"
          + " of the operation (conf/services.conf).";
    }
    return "It does not accept the token%s: export a new one (KCP_TOKEN, KCP_TOKEN_FILE), or sign in (kcp.sessions.login)."
        .formatted(token.inWords(Instant.now()).map(why -> " (" + why + ")").orElse(""));
  }

  private String serverError(int status) {
    return switch (status) {
      case 502, 503, 504 ->
          "A proxy or a gateway answers in its place: is the service behind it up, and its"
              + " database?";
      case 505 -> HTTP_2_ONLY;
      default ->
          "Look at the log of %s at this moment; if only writes fail, its database may be read-only."
              .formatted(service);
    };
  }

  private String content(Answer answer, String asked, List<String> missing) {
    String body = answer.body().replaceAll(SPACE, "");
    boolean onlySpacing =
        missing.stream().allMatch(piece -> body.contains(piece.replaceAll(SPACE, "")));
    if (missing.isEmpty()) {
      return "Write the status that is right into %s.".formatted(key(asked, "status"));
    }
    if (onlySpacing) {
      return "Only the white space differs: write the pieces as it sends them into %s."
          .formatted(key(asked, "contains"));
    }
    if (answer.header("content-type").orElse("").contains("html")) {
      return "Something else answers there, such as a gateway or a login page: check kcp.environment.urls.%s in %s."
          .formatted(service, file());
    }
    if (body.contains("[]") && missing.stream().anyMatch(piece -> piece.endsWith("[{"))) {
      return "It has no rows for this question; representative data: %s."
          .formatted(SuiteCommand.kcp("seed " + environment));
    }
    return "Is this the right service? If the answer is right for your deployment, write its pieces into %s."
        .formatted(key(asked, "contains"));
  }

  private String url() {
    return "kcp.environment.urls." + service + " in " + file();
  }

  private String key(String asked, String key) {
    return asked + "." + key + " in " + file();
  }

  private String file() {
    return "conf/environments/" + environment + ".conf";
  }
}
