package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.embedded.EmbeddedBackend;
import com.soundcore.kcp.testkit.Browser;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real injectors against one backend, on the page of the first. */
@Tag("full")
class InjectorsPageTest {
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern ADDRESS = Pattern.compile("live +(http://127\\.0\\.0\\.1:\\d+/)");

  @TempDir private Path folder;

  private SuiteProcess injector(int index, Properties urls) {
    Map<String, String> overrides = new HashMap<>();
    urls.forEach((key, value) -> overrides.put(key.toString(), value.toString()));
    overrides.put("kcp.env", "local");
    overrides.put("kcp.load-scale", "0.1");
    overrides.put("kcp.tests.soak.stages.0.over", "2s");
    overrides.put("kcp.tests.soak.stages.1.hold", "25s");
    overrides.put("kcp.injector.index", String.valueOf(index));
    overrides.put("kcp.injector.count", "2");
    overrides.put("kcp.injector.barrier", folder.resolve("barrier").toString());
    return SuiteProcess.start("Soak", overrides);
  }

  private static String address(SuiteProcess run) {
    run.await("live      http", SOON);
    Matcher matcher = ADDRESS.matcher(run.output());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void thePageOfTheFirstShowsAllOfThemAndNamesOneThatDies() throws Exception {
    Properties urls = new Properties();
    List<Integer> ports = SuiteProcess.freePorts(SERVICES.size());
    for (int i = 0; i < ports.size(); i++) {
      urls.setProperty(
          "kcp.environment.urls." + SERVICES.get(i), "http://127.0.0.1:" + ports.get(i));
    }
    KcpConfig config = ConfigLoader.load(urls);
    try (EmbeddedBackend backend =
            EmbeddedBackend.start(config, Runtime.getRuntime().availableProcessors());
        Browser browser = Browser.start(folder.resolve("profile"))) {
      backend.awaitReady();
      try (SuiteProcess first = injector(0, urls);
          SuiteProcess second = injector(1, urls)) {
        browser.open(address(first));
        // 200 req/s in all: each sends half of them.
        browser.await("document.getElementById('planned').textContent === 'of 200 planned'", SOON);
        browser.await("+document.getElementById('rps').textContent > 150", SOON);
        String each = "[...document.querySelectorAll('#each tbody tr')]";
        browser.await(each + ".every(row => +row.children[1].textContent > 50)", SOON);
        assertThat(browser.value(each + ".length").asInt()).isEqualTo(2);
        assertThat(browser.barriers()).isEmpty();
        browser.size(1280, 1600);
        browser.screenshot(Path.of("target", "live-page-injectors.png"));

        second.handle().destroyForcibly();
        browser.await(each + "[1].querySelector('.bad') !== null", SOON);
        assertThat(browser.value(each + "[1].textContent").asText()).contains("silent since");
        assertThat(browser.value("document.getElementById('planned').textContent").asText())
            .as("what is missing is missing")
            .isEqualTo("of 200 planned");
        browser.await("+document.getElementById('rps').textContent < 150", SOON);

        String ended = "document.getElementById('status').textContent";
        browser.await(ended + ".includes('for injector 0 alone')", SOON);
        assertThat(browser.complaints()).isEmpty();
      }
    }
  }
}
