package com.soundcore.kcp.http;

import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Sessions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * A client for every call outside the load: before, during and after it. One deadline covers the
 * whole call. The sizes of headers and body are limited, a timeout closes the connection, and
 * redirects are not followed.
 */
public final class Http {
  private static final String HEADER =
      "not sent: the header %s must have a name that the client does not set itself, and a value of"
          + " printable Latin-1 characters";
  private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

  /**
   * * A response, or the reason for its absence.
   *
   * @param status the HTTP status; 0 if there was no response
   * @param body the uncompressed body; without a response, the reason
   * @param headers the headers of the response
   */
  public record Answer(int status, String body, HttpHeaders headers) {
    /** Creates a response without headers. */
    public Answer(int status, String body) {
      this(status, body, NO_HEADERS);
    }

    /** Returns the first value of a header; the case of its name is ignored. */
    public Optional<String> header(String name) {
      return headers.firstValue(name);
    }
  }

  static {
    // The JDK disables basic proxy authentication for HTTPS unless this property is set before its
    // first call.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    System.setProperty("jdk.http.maxHeaderSize", String.valueOf(LimitedBody.MOST_HEADER_BYTES));
  }

  private final LongAdder calls = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final HttpClient client;
  private final Duration timeout;
  private final Supplier<Optional<String>> token;
  private final boolean http2;
  private final Optional<String> proxyAuthorization;
  private Sessions.TokenHeader header = Sessions.TokenHeader.BEARER;

  /**
   * @param timeout the timeout of each call
   * @param token the bearer token, if any
   */
  public Http(Duration timeout, Optional<String> token) {
    this(timeout, () -> token);
  }

  /**
   * Creates a client with a token that may change.
   *
   * @param timeout the timeout of each call
   * @param token read for each call
   */
  public Http(Duration timeout, Supplier<Optional<String>> token) {
    this(timeout, token, System.getenv(), false, Optional.empty());
  }

  /**
   * Returns a client with the timeout, protocol, proxy and token header of the configuration.
   *
   * @param token read for each call
   */
  public static Http of(KcpConfig config, Supplier<Optional<String>> token) {
    Duration timeout = config.preflight().callTimeout();
    Http http =
        new Http(
            timeout, token, System.getenv(), config.sessions().http2(), config.sessions().proxy());
    http.header = config.sessions().tokenHeader();
    return http;
  }

  /**
   * Creates a client with the key stores that the environment variables name.
   *
   * @param environment environment variables, by name
   * @param http2 whether to use HTTP/2 if the server offers it over TLS
   * @param proxy the proxy for all calls, if any
   */
  public Http(
      Duration timeout,
      Supplier<Optional<String>> token,
      Map<String, String> environment,
      boolean http2,
      Optional<Sessions.Proxy> proxy) {
    this.proxyAuthorization = proxy.flatMap(one -> basic(environment));
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER);
    KeyStores.context(environment).ifPresent(builder::sslContext);
    proxy.ifPresent(
        one ->
            builder.proxy(
                ProxySelector.of(InetSocketAddress.createUnresolved(one.host(), one.port()))));
    this.client = builder.build();
    this.timeout = timeout;
    this.token = token;
    this.http2 = http2;
  }

  private Http(Http other, Supplier<Optional<String>> token) {
    this.client = other.client;
    this.timeout = other.timeout;
    this.token = token;
    this.http2 = other.http2;
    this.proxyAuthorization = other.proxyAuthorization;
  }

  /**
   * Returns a client for a public server, such as a chat. It trusts public authorities only, and
   * sends neither a token nor a client certificate.
   */
  public static Http toPublicServer(Duration timeout) {
    return new Http(timeout, Optional::empty, Map.of(), false, Optional.empty());
  }

  /** Returns a client without the token, for servers outside the system under test. */
  public Http withoutToken() {
    return new Http(this, Optional::empty);
  }

  private HttpRequest.Builder to(String url) {
    URI uri = URI.create(url);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
    proxyAuthorization.ifPresent(value -> request.header("Proxy-Authorization", value));
    // Without TLS, HTTP/2 would start with an upgrade request, which the load does not send.
    return http2 && uri.getScheme().equals("https")
        ? request.version(HttpClient.Version.HTTP_2)
        : request;
  }

  private static Optional<String> basic(Map<String, String> environment) {
    String user = Sessions.Proxy.user(environment);
    String login = user + ":" + Sessions.Proxy.password(environment);
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Returns the mean size of the response bodies so far, in bytes on the wire; 0 before the first.
   */
  public double meanAnswerBytes() {
    return bytes.sum() / (double) Math.max(1, calls.sum());
  }

  /** Returns the current token, if any. */
  public Optional<String> token() {
    return token.get();
  }

  /** The JDK's exceptions have no message for the most frequent causes. */
  private static String unconnected(ConnectException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "unknown host";
      }
    }
    return e.getMessage() == null ? "connection refused" : e.getMessage();
  }

  /** Some servers compress unasked; the load's client also accepts that. */
  private static String text(HttpResponse<byte[]> response) throws IOException {
    boolean compressed =
        response.headers().firstValue("content-encoding").orElse("").equalsIgnoreCase("gzip");
    byte[] body =
        compressed && response.body().length > 0
            ? LimitedBody.unpacked(response.body())
            : response.body();
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * The client's own timeout ends with the headers (JDK-8208693). This one also covers the body,
   * and closes the connection when it expires.
   */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, LimitedBody.handler());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("no whole answer");
    } catch (ExecutionException broken) {
      if (broken.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException(broken.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * Returns how far a server's clock is ahead of this machine's, in milliseconds, from the Date
   * header. The error is up to about a second. Empty without that header.
   */
  public Optional<Long> clockOffsetMs(String url) {
    try {
      var response = send(to(url).build());
      // The header has whole seconds; adding half a second makes the mean error zero.
      return response
          .headers()
          .firstValue("date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
          .map(date -> date.toInstant().toEpochMilli() + 500 - System.currentTimeMillis());
    } catch (IOException | DateTimeParseException unknown) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Sends a request with a JSON body; an error becomes a response with status 0. */
  public Answer call(String method, String url, String body) {
    return call(method, url, body, "application/json", Map.of());
  }

  /**
   * Sends a request; an error becomes a response with status 0.
   *
   * @param body the request's body; null for none
   * @param mediaType the media type of the body
   * @param headers replace the usual headers of the same name
   */
  public Answer call(
      String method, String url, String body, String mediaType, Map<String, String> headers) {
    HttpRequest.Builder request;
    try {
      request = to(url);
    } catch (IllegalArgumentException notAUrl) {
      // The message omits the URL, because the URL may be a secret.
      return new Answer(0, "not sent: the URL is not valid");
    }
    Optional<String> secret = token.get();
    if (secret.isPresent() && !Environment.isPrivate(URI.create(url))) {
      return new Answer(0, "not sent: the token would leave this machine unencrypted; use https");
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Accept", "application/json");
    secret.ifPresent(value -> all.put(header.name(), header.value(value)));
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      all.put("Content-Type", mediaType);
      request.method(method, BodyPublishers.ofString(body));
    }
    all.putAll(headers);
    for (Map.Entry<String, String> one : all.entrySet()) {
      try {
        request.setHeader(one.getKey(), one.getValue());
      } catch (IllegalArgumentException refused) {
        // The message omits the value, because it may be a secret.
        return new Answer(0, HEADER.formatted(one.getKey()));
      }
    }
    return answer(request.build());
  }

  /**
   * Posts bytes to another process of the suite.
   *
   * @param authorization the header's value; the caller has checked that it may go to this URL
   */
  public Answer post(String url, String authorization, byte[] body) {
    return answer(
        to(url)
            .header("Authorization", authorization)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private Answer answer(HttpRequest request) {
    try {
      var response = send(request);
      calls.increment();
      bytes.add(response.body().length);
      return new Answer(response.statusCode(), text(response), response.headers());
    } catch (HttpConnectTimeoutException e) {
      return new Answer(0, "no connection within " + timeout.toMillis() + " ms");
    } catch (HttpTimeoutException e) {
      return new Answer(0, "no answer within " + timeout.toMillis() + " ms");
    } catch (ConnectException e) {
      return new Answer(0, unconnected(e));
    } catch (ProtocolException e) {
      return new Answer(0, "not HTTP, or its headers are too large: " + e.getMessage());
    } catch (SSLException e) {
      return new Answer(0, "no TLS connection: " + e.getMessage());
    } catch (IOException e) {
      return new Answer(0, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, "interrupted");
    }
  }
}
