package com.soundcore.kcp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.Secrets;
import com.soundcore.kcp.run.Status;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kcp notify}: reports a run that did not pass to a chat. */
@Command(
    name = "notify",
    description =
        "Sends a run's verdict to the webhook in KCP_WEBHOOK, if it is not PASS; KCP_RUN_URL is"
            + " where it can be seen. Without a folder the message is that nothing was measured.")
final class NotifyCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MOST_REASONS = 5;

  /** The message format of a chat. */
  enum Kind {
    SLACK,
    TEAMS,
    PLAIN
  }

  @Parameters(paramLabel = "<folder>", arity = "0..1", description = "of the run")
  private Path folder;

  @Option(names = "--test", defaultValue = "a load test", description = "its name")
  private String test;

  @Option(
      names = "--ended-with",
      description = "the exit code of a run whose job is red although its verdict was PASS")
  private Integer code;

  @Option(names = "--kind", defaultValue = "plain", description = "slack, teams or plain (default)")
  private Kind kind;

  private final Map<String, String> environment;

  NotifyCommand() {
    this(System.getenv());
  }

  NotifyCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    JudgedSummary run = run();
    String webhook = environment.getOrDefault("KCP_WEBHOOK", "");
    if (run.status() == Status.PASS || webhook.isEmpty()) {
      System.out.println(
          webhook.isEmpty()
              ? "KCP_WEBHOOK is not set: nobody is notified."
              : "PASS: nobody needs to know.");
      return 0;
    }
    String link = environment.getOrDefault("KCP_RUN_URL", "");
    mustBePrivate(webhook);
    Http.Answer answer =
        Http.toPublicServer(LIMIT).call("POST", webhook, Secrets.hiddenIn(body(run, kind, link)));
    if (answer.status() / 100 != 2) {
      // The address is a secret: anyone who knows it can post there.
      throw new LogException(
          answer.status() == 0
              ? "The webhook in KCP_WEBHOOK could not be reached."
              : "The webhook in KCP_WEBHOOK answered with status %d; check --kind, and the webhook itself."
                  .formatted(answer.status()));
    }
    System.out.println("The message was sent.");
    return 0;
  }

  /** Checks that the address is encrypted. It is a secret and therefore not shown. */
  private static void mustBePrivate(String webhook) {
    try {
      URI url = new URI(webhook);
      if (url.getHost() != null && Environment.isPrivate(url)) {
        return;
      }
    } catch (URISyntaxException notAUrl) {
      // reported below
    }
    throw new LogException(
        "KCP_WEBHOOK must be one https:// URL without spaces or line breaks (its value is a secret"
            + " and is not shown). Nobody was notified.");
  }

  private JudgedSummary run() {
    if (folder == null) {
      return invalid(environment.getOrDefault("KCP_ENV", "embedded"), "nothing was measured");
    }
    JudgedSummary judged;
    try {
      judged = JudgedSummary.of(folder);
    } catch (LogException unreadable) {
      // A broken summary must also be reported.
      return invalid(environment.getOrDefault("KCP_ENV", "embedded"), unreadable.getMessage());
    }
    return code == null
        ? judged
        : invalid(
            judged.environment(),
            "the verdict was %s, but the run ended with %d".formatted(judged.status(), code));
  }

  private JudgedSummary invalid(String environment, String reason) {
    return new JudgedSummary(Status.INVALID, false, test, environment, List.of(reason));
  }

  static String body(JudgedSummary run, Kind kind, String link) {
    String title = "%s: %s on %s".formatted(run.status(), run.test(), run.environment());
    List<String> reasons = run.reasons().stream().limit(MOST_REASONS).toList();
    String text =
        title + "\n- " + String.join("\n- ", reasons) + (link.isEmpty() ? "" : "\n" + link);
    return json(
        switch (kind) {
          case SLACK ->
              Map.of("text", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
          case TEAMS -> card(title, reasons, link);
          case PLAIN ->
              Map.of(
                  "status", run.status().name(),
                  "test", run.test(),
                  "environment", run.environment(),
                  "reasons", reasons,
                  "url", link);
        });
  }

  /** Returns an adaptive card. Its text is plain, since a reason may contain a server's answer. */
  private static Map<String, Object> card(String title, List<String> reasons, String link) {
    Map<String, Object> text =
        Map.of(
            "type",
            "RichTextBlock",
            "inlines",
            List.of(
                Map.of("type", "TextRun", "text", title + "\n", "weight", "Bolder"),
                Map.of("type", "TextRun", "text", String.join("\n", reasons))));
    List<Map<String, Object>> actions =
        link.isEmpty()
            ? List.of()
            : List.of(Map.of("type", "Action.OpenUrl", "title", "Show the run", "url", link));
    return Map.of(
        "type",
        "message",
        "attachments",
        List.of(
            Map.of(
                "contentType",
                "application/vnd.microsoft.card.adaptive",
                "content",
                Map.of(
                    "type",
                    "AdaptiveCard",
                    "version",
                    "1.4",
                    "body",
                    List.of(text),
                    "actions",
                    actions))));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
