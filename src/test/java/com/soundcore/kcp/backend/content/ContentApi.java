package com.soundcore.kcp.backend.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.backend.http.ApiCall;
import com.soundcore.kcp.backend.http.BoundedLog;
import com.soundcore.kcp.backend.http.Fields;
import com.soundcore.kcp.backend.http.Reply;
import com.soundcore.kcp.backend.http.SerializedRow;
import com.soundcore.kcp.backend.server.ServiceServer;
import java.time.Instant;
import java.util.List;

/** The content service. It "generates" a fixed text without calling a model. */
public final class ContentApi {
  private static final int MAX_HISTORY = 1000;
  private static final int SHOWN = 20;
  private static final SerializedRow<Templates> TEMPLATES =
      new SerializedRow<>(
          new Templates(
              List.of(
                  new Template("blog", "Blog Post", "A post for the product blog"),
                  new Template("faq", "FAQ", "Questions and answers about a product"),
                  new Template("product-page", "Product Page", "The text of a product page"),
                  new Template("newsletter", "Newsletter", "An issue of the newsletter"))));

  private final BoundedLog<SerializedRow<Generated>> history = new BoundedLog<>(MAX_HISTORY);

  public void serve(ServiceServer server) {
    server.query("GET", "/api/v1/content/templates", call -> TEMPLATES.reply(200));
    server.query(
        "GET",
        "/api/v1/content/history",
        call -> Reply.list("history", history.newest(0, SHOWN), history.total()));
    server.query("POST", "/api/v1/content/generate", this::generate);
  }

  private Reply generate(ApiCall call) {
    JsonNode json = call.json();
    String template = Fields.text(json, "template_id", "blog", Integer.MAX_VALUE);
    String prompt = Fields.text(json, "prompt", "", Integer.MAX_VALUE);
    Generated generated =
        new Generated(template, prompt, "A text about " + prompt + ".", Instant.now().toString());
    SerializedRow<Generated> row = new SerializedRow<>(generated);
    history.add(row);
    return row.reply(200);
  }

  private record Template(String id, String name, String description) {}

  private record Templates(List<Template> templates) {}

  private record Generated(String templateId, String prompt, String content, String createdAt) {}
}
