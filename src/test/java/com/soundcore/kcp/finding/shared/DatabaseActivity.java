package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.run.DatabaseSample;
import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import com.soundcore.kcp.run.ResourceSample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The activity of a database's sessions over a run, in a degradation and before it. */
public final class DatabaseActivity {
  private static final Set<String> OWN = Set.of("running", "refused", "unreachable");
  private static final double HALF = 0.5;
  private static final String CONNECTIONS_OF = "connections of ";

  private final ResourceFigures figures;
  private final List<DatabaseSample> samples;
  private final Monitoring.Database database;
  private final FindingOptions.Database options;
  private final Collection<String> services;
  private final int firstSecond;

  /**
   * @param resources all samples of all resources
   * @param services names of all services
   * @param firstSecond start of the first hold; earlier samples show only a cold start
   */
  public DatabaseActivity(
      List<ResourceSample> resources,
      List<DatabaseSample> samples,
      Monitoring.Database database,
      FindingOptions.Database options,
      Collection<String> services,
      int firstSecond) {
    List<ResourceSample> all =
        resources.stream()
            .filter(sample -> sample.service().equals(Monitoring.Database.NAME))
            .toList();
    // Prometheus may also have metrics of the database; its own sessions show more.
    List<ResourceSample> own = all.stream().filter(DatabaseActivity::isItsOwn).toList();
    this.figures = new ResourceFigures(own.isEmpty() ? all : own, firstSecond, true);
    this.samples = List.copyOf(samples);
    this.database = database;
    this.options = options;
    this.firstSecond = firstSecond;
    this.services = services;
  }

  FindingOptions.Database options() {
    return options;
  }

  /** Returns whether a service depends on the database. */
  boolean serves(String service) {
    return database.serves(service);
  }

  /** Returns the number of processors that the database may use; 0 if unknown. */
  double cores() {
    return figures.samples().stream()
        .map(sample -> sample.figures().get("cores"))
        .filter(value -> value != null && value > 0)
        .findFirst()
        .orElse(database.cores());
  }

  /**
   * Returns a degradation extended to the poll that covers it. A degradation that fits between two
   * polls shows only in the second one, which covers the time since the first.
   */
  Degradation seen(Degradation degradation) {
    double[] looks = figures.samples().stream().mapToDouble(ResourceSample::second).toArray();
    for (int i = 1; i < looks.length; i++) {
      if (looks[i] > degradation.from()) {
        boolean between = looks[i - 1] <= degradation.from() && looks[i] > degradation.to() + 1;
        return between ? degradation.until((int) Math.ceil(looks[i]) - 1) : degradation;
      }
    }
    return degradation;
  }

  /** Returns the database's metrics over the run. */
  ResourceFigures figures() {
    return figures;
  }

  /** Returns the values of a metric in a degradation. */
  List<Double> in(Degradation degradation, String figure) {
    return figures.in(degradation, figure);
  }

  /** Returns the mean of a metric in a degradation; 0 if it was not seen. */
  double mean(Degradation degradation, String figure) {
    return figures.mean(degradation, figure);
  }

  /**
   * Returns whether a condition held in a degradation and not at other times of the same run:
   * without that contrast it is no cause.
   */
  boolean isOnlyIn(Degradation degradation, String figure) {
    boolean otherwise =
        Stream.of(figures.before(degradation, figure), figures.after(degradation, figure))
            .flatMap(Optional::stream)
            .anyMatch(share -> share < options.share() * HALF);
    return otherwise && mean(degradation, figure) >= options.share();
  }

  /**
   * Returns the mean of a metric before a degradation; empty if the degradation began with the
   * first hold.
   */
  Optional<Double> before(Degradation degradation, String figure) {
    return figures.before(degradation, figure);
  }

  private static boolean isItsOwn(ResourceSample sample) {
    return sample.figures().keySet().stream().anyMatch(OWN::contains);
  }

  /**
   * Returns whether a metric is far higher in a degradation than before it; empty without a
   * baseline.
   */
  Optional<Boolean> rose(Degradation degradation, String figure) {
    double now = mean(degradation, figure);
    return before(degradation, figure)
        .map(was -> now >= was * options.rise() && now - was >= options.sessions());
  }

  private List<DatabaseSample> within(Degradation degradation) {
    return samples.stream()
        .filter(
            sample ->
                sample.second() > degradation.from() && sample.second() <= degradation.to() + 1)
        .toList();
  }

  /** Returns the time before a degradation; empty if nothing was sampled then. */
  Optional<Degradation> timeBefore(Degradation degradation) {
    Degradation before =
        new Degradation(
            degradation.service(), firstSecond, degradation.from() - 1, degradation.errors());
    return within(before).isEmpty() ? Optional.empty() : Optional.of(before);
  }

  /**
   * Returns the statements in a degradation, sorted by a measure, the largest first. Their sessions
   * are averages.
   */
  List<Statement> statements(Degradation degradation, ToDoubleFunction<Statement> by) {
    List<DatabaseSample> some = within(degradation);
    double n = Math.max(1, some.size());
    Map<String, Statement> sums = new HashMap<>();
    for (DatabaseSample sample : some) {
      for (Statement one : sample.statements()) {
        sums.merge(one.client() + one.text(), one.over(n), Statement::plus);
      }
    }
    return sums.values().stream()
        .filter(one -> by.applyAsDouble(one) > 0)
        .sorted(Comparator.comparingDouble(by).reversed())
        .toList();
  }

  /**
   * Returns the lock waits in a degradation, those with the most sessions first. Sessions are
   * averages.
   */
  List<LockWait> waits(Degradation degradation) {
    List<DatabaseSample> some = within(degradation);
    double n = Math.max(1, some.size());
    Map<String, LockWait> sums = new HashMap<>();
    for (DatabaseSample sample : some) {
      for (LockWait one : sample.waits()) {
        sums.merge(one.key(), one.over(n), LockWait::plus);
      }
    }
    List<LockWait> sorted = new ArrayList<>(sums.values());
    sorted.sort(Comparator.comparingDouble(LockWait::sessions).reversed());
    return sorted;
  }

  /**
   * Returns the rows per second that sequential scans read in a degradation, by table, the most
   * first.
   */
  List<Map.Entry<String, Double>> scans(Degradation degradation) {
    List<DatabaseSample> some = within(degradation);
    Map<String, Double> sums = new HashMap<>();
    some.forEach(
        sample ->
            sample
                .scans()
                .forEach(
                    scan ->
                        sums.merge(scan.table(), scan.rowsPerSecond() / some.size(), Double::sum)));
    return sums.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .toList();
  }

  /** Describes how often a statement ran and how long it took, if the database counts that. */
  Optional<String> pace(Degradation degradation, String text) {
    return within(degradation).stream()
        .map(DatabaseSample::timed)
        .flatMap(Collection::stream)
        .filter(one -> one.text().equals(text))
        .max(Comparator.comparingDouble(DatabaseSample.Timed::meanMs))
        .map(
            one ->
                text(
                    "it ran %,.0f times a second and took %,.1f ms on average",
                    one.callsPerSecond(), one.meanMs()));
  }

  /** Returns the clients that had connections in a degradation. */
  List<String> clients(Degradation degradation) {
    return figures.samples().stream()
        .filter(
            sample ->
                sample.second() > degradation.from() && sample.second() <= degradation.to() + 1)
        .flatMap(sample -> sample.figures().keySet().stream())
        .filter(figure -> figure.startsWith(CONNECTIONS_OF))
        .map(figure -> figure.substring(CONNECTIONS_OF.length()))
        .distinct()
        .toList();
  }

  /**
   * Returns whether a client of the database may be a service: the client's name contains the
   * service's name, or neither is known by name.
   */
  boolean mayBe(String client, String service) {
    return is(client, service)
        || !isNamed(service) && services.stream().noneMatch(other -> is(client, other));
  }

  /** Returns whether any client has a name that contains the service's name. */
  boolean isNamed(String service) {
    return figures.samples().stream()
        .flatMap(sample -> sample.figures().keySet().stream())
        .filter(figure -> figure.startsWith(CONNECTIONS_OF))
        .anyMatch(figure -> is(figure.substring(CONNECTIONS_OF.length()), service));
  }

  List<DatabaseSample> samples() {
    return samples;
  }

  /** Returns whether the database was never reached. */
  public boolean isEmpty() {
    return figures.isEmpty();
  }

  static boolean is(String client, String service) {
    // A database user may have the name of one service and belong to all.
    return !client.startsWith("user ")
        && client.toLowerCase(Locale.ROOT).contains(service.toLowerCase(Locale.ROOT));
  }
}
