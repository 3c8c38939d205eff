package com.soundcore.kcp.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.files.ConfigFiles;
import com.soundcore.kcp.config.read.Caveats;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.injection.Share;
import com.soundcore.kcp.workload.TrafficMix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Kubernetes manifests of one run: a conductor, its injectors and their resources. */
public final class FleetManifests {
  private static final String TEMPLATE = "/kubernetes/fleet.yaml";
  private static final Pattern HOLE = Pattern.compile("\\$\\{([a-z-]+)}");
  private static final Pattern IMAGE = Pattern.compile("[a-z0-9][A-Za-z0-9./:@_-]*");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?");
  private static final Pattern CPU = Pattern.compile("[0-9]+(\\.[0-9]+)?m?");
  private static final Pattern MEMORY = Pattern.compile("([0-9]{1,6})(Mi|Gi)");
  // The heap's share of a pod's memory. The rest is for buffers, classes and threads.
  private static final double HEAP = 0.5;
  private static final int MOST_INJECTORS = 1000;
  private static final int TOKEN_BYTES = 24;
  private static final long MEGA = 1_000_000;
  // Time for scheduling, pulling images, the last responses and the verdict.
  private static final long AROUND_SECONDS = 900;
  // Properties that differ between injectors or that the manifests set elsewhere.
  private static final Set<String> OWN =
      Set.of(
          "kcp.env",
          "kcp.injector.index",
          "kcp.injector.count",
          "kcp.injector.conductor",
          "kcp.injector.barrier",
          "kcp.results-folder");

  /**
   * The options of the manifests.
   *
   * @param simulation the class of the test
   * @param injectors the number of injectors, from 1 to 1000
   * @param image the suite's container image
   * @param cpu the CPU request of an injector, such as 2 or 500m
   * @param memory the memory of each pod, such as 2Gi or 1536Mi
   * @param secret the Secret whose keys become environment variables; it need not exist
   * @param claim the PersistentVolumeClaim for the reports; empty for none
   */
  public record Order(
      String simulation,
      int injectors,
      String image,
      String cpu,
      String memory,
      String secret,
      String claim) {}

  private final KcpConfig config;
  private final Order order;
  private final Properties properties;

  /**
   * @param properties the command's {@code -D} properties; those of the suite are passed to each
   *     process
   */
  public FleetManifests(KcpConfig config, Order order, Properties properties) {
    this.config = config;
    this.order = order;
    this.properties = properties;
  }

  /**
   * Returns the manifests as YAML.
   *
   * @param token the secret that the conductor and the injectors of this run share
   * @throws ConfigException if an option is not a valid name or quantity
   */
  public String yaml(LocalDateTime now, byte[] token) {
    check();
    TestShape test = config.tests().get(order.simulation().toLowerCase(Locale.ROOT));
    TrafficMix mix = TrafficMix.of(config, config.workloadOf(test));
    Plan plan = new Plan(config, test, mix);
    String run =
        "kcp-%s-%s"
            .formatted(test.name(), now.format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")));
    long join = config.injector().barrierTimeout().toSeconds();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("run", run);
    values.put("test", order.simulation());
    values.put("injectors", String.valueOf(order.injectors()));
    values.put("environment", config.environment().name());
    values.put("environment-file", indented(ConfigFiles.environment(config.environment().name())));
    values.put("token", HexFormat.of().formatHex(token));
    values.put("image", order.image());
    values.put("cpu", quoted(order.cpu()));
    values.put("conductor-cpu", quoted(order.cpu()));
    values.put("memory", order.memory());
    values.put("secret", order.secret());
    values.put("java-opts", "-Xmx" + heapMegabytes() + "m");
    values.put("size", size(plan));
    values.put("deadline", String.valueOf(plan.durationSeconds() + join + AROUND_SECONDS));
    values.put(
        "conductor-volume",
        order.claim().isEmpty()
            ? "emptyDir: { sizeLimit: 1Gi }"
            : "persistentVolumeClaim: { claimName: " + order.claim() + " }");
    values.put("conductor-args", json(conductor(run)));
    values.put("injector-args", json(injector(run)));
    return HOLE.matcher(template())
        .replaceAll(hole -> Matcher.quoteReplacement(values.get(hole.group(1))));
  }

  /** Returns a new random token. */
  public static byte[] token() {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    return token;
  }

  private void check() {
    List<String> wrong = new ArrayList<>();
    if (order.injectors() < 1 || order.injectors() > MOST_INJECTORS) {
      wrong.add(
          "--injectors was %d; must be from 1 to %d".formatted(order.injectors(), MOST_INJECTORS));
    }
    must(wrong, "--image", IMAGE, order.image(), "an image, such as registry/kcp@sha256:…");
    must(wrong, "--cpu", CPU, order.cpu(), "a quantity, such as 2 or 500m");
    must(wrong, "--memory", MEMORY, order.memory(), "a quantity, such as 2Gi or 1536Mi");
    must(wrong, "--secret", NAME, order.secret(), "the name of a Secret");
    if (!order.claim().isEmpty()) {
      must(wrong, "--results-claim", NAME, order.claim(), "the name of a PersistentVolumeClaim");
    }
    if (config.environment().startsBackend()) {
      wrong.add(
          "kcp.env was 'embedded'; must be an environment whose services the pods can reach: each"
              + " pod would start a backend of its own. See kcp init");
    }
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("kcp.") && Caveats.isSecret(name)) {
        wrong.add(name + " (-D) is a secret; must be in a Secret: --secret names it");
      }
    }
    if (!wrong.isEmpty()) {
      throw new ConfigException(wrong);
    }
  }

  private static void must(
      List<String> wrong, String option, Pattern rule, String value, String what) {
    if (!rule.matcher(value).matches()) {
      wrong.add("%s was '%s'; must be %s".formatted(option, value, what));
    }
  }

  private List<String> conductor(String run) {
    List<String> args = new ArrayList<>();
    args.add("conduct");
    args.add(order.simulation());
    args.add("--injectors=" + order.injectors());
    args.add("--host=0.0.0.0");
    args.add("--into=/results/" + run);
    return properties(args);
  }

  private List<String> injector(String run) {
    List<String> args = new ArrayList<>();
    args.add("run");
    args.add(order.simulation());
    args.add("-Dkcp.injector.count=" + order.injectors());
    args.add("-Dkcp.injector.conductor=http://" + run + "-conductor:7464");
    args.add("-Dkcp.results-folder=/results");
    return properties(args);
  }

  private List<String> properties(List<String> args) {
    args.add("-Dkcp.env=" + config.environment().name());
    properties.stringPropertyNames().stream()
        .filter(name -> name.startsWith("kcp.") && !OWN.contains(name))
        .sorted()
        // Kubernetes expands $(NAME); a doubled $ is a literal one.
        .forEach(
            name -> args.add("-D" + name + "=" + properties.getProperty(name).replace("$", "$$")));
    return args;
  }

  /**
   * Returns the disk space for the largest share's log plus 50 % and the configured spare space.
   */
  private String size(Plan plan) {
    double requests = plan.plannedRequests(new Share(order.injectors() - 1, order.injectors()));
    double bytes = requests * config.generator().logBytesPerRequest() * 1.5;
    return (long) Math.ceil(bytes / MEGA + config.generator().spareDiskMegabytes()) + "M";
  }

  private long heapMegabytes() {
    Matcher memory = MEMORY.matcher(order.memory());
    if (!memory.matches()) {
      throw new IllegalStateException(order.memory());
    }
    long mega = Long.parseLong(memory.group(1)) * (memory.group(2).equals("Gi") ? 1024 : 1);
    return (long) (mega * HEAP);
  }

  private static String indented(String text) {
    return text.lines().map(line -> "    " + line).reduce((a, b) -> a + "\n" + b).orElse("");
  }

  private static String quoted(String value) {
    return '"' + value + '"';
  }

  private static String json(List<String> args) {
    try {
      return new ObjectMapper().writeValueAsString(args);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String template() {
    try (InputStream in = FleetManifests.class.getResourceAsStream(TEMPLATE)) {
      return new String(
          Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
