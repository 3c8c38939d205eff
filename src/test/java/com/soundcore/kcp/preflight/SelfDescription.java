package com.soundcore.kcp.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.Environment.Page;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.openapi.ApiDocument;
import com.soundcore.kcp.preflight.ServiceFindings.Caveat;
import java.net.URI;
import java.util.Optional;

/**
 * A reader of a service's description of itself: its routes, its build, and signs of development
 * mode.
 */
final class SelfDescription {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KcpConfig config;
  private final KcpConfig.Preflight options;
  private final SharedPages pages;
  private final String baseUrl;

  SelfDescription(KcpConfig config, SharedPages pages, String baseUrl) {
    this.config = config;
    this.options = config.preflight();
    this.pages = pages;
    this.baseUrl = baseUrl;
  }

  /** Reads the pages into the findings. A service without them still passes. */
  void read(String service, ServiceFindings findings) {
    Optional<String> document =
        config.environment().page(service, Page.DESCRIPTION, options.description());
    if (document.isPresent()) {
      Answer description = pages.get(document.get());
      findings.described(
          description.status() == 200
              ? ApiDocument.of(description.body(), URI.create(baseUrl))
              : Optional.empty());
    }
    Answer about = pages.get(baseUrl + options.about());
    if (about.status() == 200) {
      build(about).ifPresent(findings::build);
      development(about)
          .ifPresent(
              sign ->
                  findings.caveat(
                      new Caveat(
                          "DEVELOPMENT", sign + "; a production build may be faster", service)));
    }
  }

  private Optional<String> build(Answer about) {
    JsonNode json = parsed(about.body());
    for (String name : options.builds()) {
      Optional<String> found =
          about
              .header(name)
              .or(() -> Optional.of(json.path(name).asText("")).filter(text -> !text.isEmpty()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> development(Answer about) {
    String body = about.body().replaceAll("\\s+", "");
    return options.development().stream()
        .filter(sign -> body.contains(sign.replaceAll("\\s+", "")))
        .findFirst();
  }

  private static JsonNode parsed(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }
}
