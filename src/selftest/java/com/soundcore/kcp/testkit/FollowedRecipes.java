package com.soundcore.kcp.testkit;

import java.nio.file.Path;
import java.util.List;

/** A copy of the suite to which the recipes of extending.md have added something; for tests. */
public final class FollowedRecipes {
  /** Where the recipe for a service says that a cluster's address goes. */
  public static final String CLUSTER = "conf/environments/cluster.conf";

  private static final String JAVA = "src/test/java/com/soundcore/kcp/";
  private static final String SERVICE = "Add a service";
  private static final String GATE = "Add a gate";
  private static final String FORMAT = "Add a report format";
  private static final String FAULT = "Add a fault";
  private static final String CAUSE = "Add a cause";

  /** The headings of the recipes that are followed. */
  public static final List<String> TITLES = List.of(SERVICE, GATE, FORMAT, FAULT, CAUSE);

  private FollowedRecipes() {}

  /**
   * Follows all of them in one copy: most of the time goes into compiling it.
   *
   * @param folder where the copy is made
   */
  public static PatchedSuite in(Path folder) {
    PatchedSuite suite = new PatchedSuite(folder);
    addService(suite.follow(SERVICE));
    addGates(suite.follow(GATE));
    addFormat(suite.follow(FORMAT));
    addFaults(suite.follow(FAULT));
    addCause(suite.follow(CAUSE));
    return suite;
  }

  private static void addService(PatchedSuite suite) {
    suite
        .add(
            "conf/services.conf",
            """
            kcp.api.billing.operations {
              invoice { method = GET, path = "/api/v1/billing/invoice", status = 200, contains = ["\\"total\\":"] }
            }
            """)
        .add(
            "src/test/resources/feeders/billing.conf",
            "kcp.feeders.billing { weights { invoice = 1 }, values { } }\n")
        .change(
            "conf/workload.conf",
            "include classpath(\"feeders/auth.conf\")",
            "include classpath(\"feeders/auth.conf\")\ninclude classpath(\"feeders/billing.conf\")")
        .change(
            "conf/workload.conf",
            "  journeys {\n",
            "  journeys {\n"
                + "    billing-calls { service = billing, steps = [ { from-feeder = true } ] }\n")
        .change(
            "conf/workload.conf",
            "      pick = one\n",
            "      pick = one\n      billing { billing-calls = 1 }\n")
        .change(
            "conf/workload.conf",
            "      pick = all\n",
            "      pick = all\n      billing { billing-calls = 1 }\n")
        .change("conf/gates.conf", "requests-per-second = 5000", "requests-per-second = 4500")
        .add(
            "conf/gates.conf",
            "kcp.targets.billing { requests-per-second = 500, p95 = 250ms, error-rate = 1% }\n")
        .change("conf/kcp.conf", "analytics, auth]", "analytics, auth, billing]");
    for (String name : List.of("embedded", "local", "staging", "production")) {
      suite.add(
          "conf/environments/" + name + ".conf",
          """
          kcp.environment.urls.billing = "http://127.0.0.1:18007"
          kcp.environment.hosts = ${kcp.environment.hosts} ["127.0.0.1"]
          """);
    }
    suite
        .add(
            CLUSTER,
            """
            kcp.environment.urls.billing = "http://billing.kcp.svc:8006"
            kcp.environment.hosts += "billing.kcp.svc"
            """)
        .add(
            JAVA + "backend/billing/BillingApi.java",
            """
            package com.soundcore.kcp.backend.billing;

            import com.soundcore.kcp.backend.http.Reply;
            import com.soundcore.kcp.backend.server.ServiceServer;
            import java.util.Map;

            public final class BillingApi {
              public void serve(ServiceServer server) {
                server.query("GET", "/api/v1/billing/invoice", call -> Reply.ok(Map.of("total", 7)));
              }
            }
            """)
        .change(
            JAVA + "backend/Services.java",
            "      case \"content\" ->",
            """
                  case "billing" ->
                      new com.soundcore.kcp.backend.billing.BillingApi().serve(server);
                  case "content" ->\
            """);
  }

  private static void addGates(PatchedSuite suite) {
    suite
        .change("conf/gates.conf", "p95 = 300ms,", "p95 = 300ms, p99_9 = 800ms,")
        .change("conf/tests.conf", "p99 = 1000ms, services", "p99_9 = 3s, services");
    suite
        .add(
            JAVA + "verdict/SmallRunGate.java",
            """
            package com.soundcore.kcp.verdict;

            import com.soundcore.kcp.run.RunMetadata;

            final class SmallRunGate {
              private SmallRunGate() {}

              static void write(RunMetadata facts, GateWriter write) {
                boolean small = facts.plannedArrivals() < 6000;
                write.add(
                    new Gate(
                        "all.small",
                        "all",
                        "a small run",
                        (double) facts.plannedArrivals(),
                        "",
                        facts.plannedArrivals(),
                        small ? Gate.Outcome.PASS : Gate.Outcome.FAIL,
                        "the run must be a small one"));
              }
            }
            """)
        .change(
            JAVA + "verdict/Judge.java",
            "    ClosedConnectionGate.write(",
            "    SmallRunGate.write(facts, write);\n    ClosedConnectionGate.write(");
  }

  private static void addFormat(PatchedSuite suite) {
    suite
        .add(
            JAVA + "report/CsvReport.java",
            """
            package com.soundcore.kcp.report;

            import java.util.stream.Collectors;

            final class CsvReport implements ReportFormat.Text {
              @Override
              public String file() {
                return "gates.csv";
              }

              @Override
              public String of(Summary summary) {
                return summary.verdict().gates().stream()
                    .map(gate -> gate.id() + "," + gate.status())
                    .collect(Collectors.joining("\\n"));
              }
            }
            """)
        .change(
            JAVA + "report/ReportFormat.java",
            "          new JsonReport(),\n",
            "          new JsonReport(),\n          new CsvReport(),\n");
  }

  private static void addFaults(PatchedSuite suite) {
    suite
        .change(
            JAVA + "config/Fault.java",
            "    RESET(\"share\"),",
            "    RESET(\"share\"),\n    TEAPOT(\"share\"),")
        .change(
            JAVA + "backend/fault/FaultEffects.java",
            "      case \"reset\" ->",
            """
                  case "teapot" -> instead(fault, call -> Reply.detail(418, "I am a teapot"));
                  case "reset" ->\
            """)
        .change(
            "conf/kcp.conf",
            "    faults = []",
            "    faults = [{ service = content, kind = teapot, share = 100% }]");
    suite
        .change(
            JAVA + "config/Fault.java", "    INDEX_DROPPED,\n", "    INDEX_DROPPED,\n    VACUUM,\n")
        .change(
            JAVA + "config/Fault.java",
            "            INDEX_DROPPED, SLOW_STATEMENT,",
            "            INDEX_DROPPED, VACUUM, SLOW_STATEMENT,")
        .change(
            JAVA + "backend/postgres/DatabaseFaults.java",
            "        case \"slow-statement\" ->",
            """
                    case "vacuum" -> statement.execute("VACUUM FULL " + table);
                    case "slow-statement" ->\
            """);
  }

  private static void addCause(PatchedSuite suite) {
    suite
        .change(JAVA + "config/FindingKind.java", "  UNKNOWN;", "  NIGHTLY_JOB,\n  UNKNOWN;")
        .add(
            JAVA + "finding/shared/NightlyJob.java",
            """
            package com.soundcore.kcp.finding.shared;

            import com.soundcore.kcp.config.FindingKind;
            import java.util.List;
            import java.util.Optional;

            final class NightlyJob implements Hypothesis {
              @Override
              public Optional<SharedCause> explain(
                  List<Degradation> degradations, DatabaseActivity database) {
                return degradations.stream()
                    .map(Degradation::service)
                    .findFirst()
                    .map(
                        service ->
                            new SharedCause(
                                FindingKind.NIGHTLY_JOB, "database", List.of("a job"), List.of(service)));
              }
            }
            """)
        .change(
            JAVA + "finding/shared/SharedCauses.java",
            "        new Locks(),",
            "        new NightlyJob(),\n        new Locks(),")
        .change(
            JAVA + "finding/Bottlenecks.java",
            "  Optional<Finding> cpu(",
            """
              Optional<Finding> nightlyJob(String service) {
                boolean busy = signals.median(service, "jobs", signals.whole()) >= 1;
                return busy
                    ? measured.found(FindingKind.NIGHTLY_JOB, service, null, List.of("a job"))
                    : Optional.empty();
              }

              Optional<Finding> cpu(\
            """)
        .change(
            JAVA + "finding/Diagnosis.java",
            "    List<Finding> found = new ArrayList<>();\n",
            """
                List<Finding> found = new ArrayList<>();
                bottlenecks.nightlyJob(service).ifPresent(found::add);
            """)
        .change(
            "conf/findings.conf",
            "    unknown {\n",
            """
                nightly-job { title = "A nightly job", alternatives = ["a report"], remedies = ["another time"] }
                unknown {
            """);
  }
}
