package com.soundcore.kcp.preflight;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Single calls, before and after a run. Follows no redirect: it might lead elsewhere. */
public final class Http {
  /**
   * What came back.
   *
   * @param status 0 where nothing came
   * @param body of the answer, or why there is none
   */
  public record Answer(int status, String body) {}

  private final HttpClient client;
  private final Duration timeout;
  private final Optional<String> token;

  /**
   * @param timeout of one call
   * @param token the bearer token, where there is one
   */
  public Http(Duration timeout, Optional<String> token) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.timeout = timeout;
    this.token = token;
  }

  /** For a server that is not of the system under test: the token is none of its business. */
  public Http withoutToken() {
    return new Http(timeout, Optional.empty());
  }

  /** The JDK's client has no message for the most frequent causes. */
  private static String unconnected(ConnectException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "unknown host";
      }
    }
    return e.getMessage() == null ? "connection refused" : e.getMessage();
  }

  /**
   * How far a server's clock is ahead of this machine's, by the Date of an answer: to a second.
   * Nothing where it does not say.
   */
  public Optional<Long> clockOffsetMs(String url) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(timeout);
    try {
      var response = client.send(request.build(), BodyHandlers.discarding());
      // The header leaves out the fraction of its second: half of one is the best guess.
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

  /** Calls; whatever goes wrong is an answer too. */
  public Answer call(String method, String url, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(timeout)
            .header("Accept", "application/json");
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(body));
    }
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (HttpConnectTimeoutException e) {
      return new Answer(0, "no connection within " + timeout.toMillis() + " ms");
    } catch (HttpTimeoutException e) {
      return new Answer(0, "no answer within " + timeout.toMillis() + " ms");
    } catch (ConnectException e) {
      return new Answer(0, unconnected(e));
    } catch (IOException e) {
      return new Answer(0, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, "interrupted");
    }
  }
}
