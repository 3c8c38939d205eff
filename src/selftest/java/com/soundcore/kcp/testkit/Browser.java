package com.soundcore.kcp.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, for tests of pages. */
public final class Browser implements AutoCloseable {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChromeDriver driver;
  private final List<String> requests = new ArrayList<>();

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one; the test is skipped where there is none, or no driver for it. */
  public static Browser start(Path profile) {
    Optional<Path> program = BROWSERS.stream().flatMap(name -> onPath(name).stream()).findFirst();
    Optional<Path> driver = onPath("chromedriver");
    assumeTrue(
        program.isPresent() && driver.isPresent(),
        "no browser (" + String.join(", ", BROWSERS) + ") or no chromedriver on the PATH");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program.get().toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--window-size=1200,1600",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    // Named, or Selenium would look for one on the network.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.get().toFile())
            .usingAnyFreePort()
            .build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.open("about:blank");
    // What the browser loads for its own first page is none of ours.
    browser.driver.manage().logs().get(LogType.PERFORMANCE);
    return browser;
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public void open(String url) {
    driver.get(url);
  }

  public void reload() {
    driver.navigate().refresh();
  }

  /** The window, in CSS pixels. */
  public void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** What an expression of JavaScript comes to in the page. */
  public JsonNode value(String expression) {
    return JSON.valueToTree(driver.executeScript("return (" + expression + ");"));
  }

  /** Waits until an expression is true. */
  public void await(String expression, Duration limit) {
    new WebDriverWait(driver, limit, Duration.ofMillis(50))
        .withMessage("not true: " + expression)
        .until(page -> value(expression).asBoolean());
  }

  /** What the page's console and its network reported as wrong. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /** Every address that was asked for. */
  public List<String> requests() {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = json(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        requests.add(message.at("/params/request/url").asText());
      }
    }
    return List.copyOf(requests);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What keeps people from using the page, by the rules of axe-core; empty where nothing does. */
  public List<String> barriers() {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Object found =
        driver.executeAsyncScript(
            "const done = arguments[0]; axe.run(document).then(result => done(result.violations"
                + ".flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html))));");
    return JSON.convertValue(
        found, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
  }

  /** Does something in the page. */
  public void run(String script) {
    driver.executeScript(script);
  }

  /** What the page looks like, as a PNG. */
  public void screenshot(Path file) {
    try {
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
