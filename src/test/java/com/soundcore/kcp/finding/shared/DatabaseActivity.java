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

/** What the sessions of a database did over a run, in a degradation and before it. */
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
   * @param resources all that was seen of resources
   * @param services all that there are, by name
   * @param firstSecond of the first hold: before it a cold start is all that there is to see
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
    // Prometheus may also have metrics of it; its own sessions show more.
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

  /** Whether a service depends on it. */
  boolean serves(String service) {
    return database.serves(service);
  }

  /** The processors that it may use; 0 where that is not known. */
  double cores() {
    return figures.samples().stream()
        .map(sample -> sample.figures().get("cores"))
        .filter(value -> value != null && value > 0)
        .findFirst()
        .orElse(database.cores());
  }

  /**
   * A degradation as far as it was looked at: one that is shorter than the time between two looks
   * is that of the look that it fell into, which is of the time since the one before.
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

  /** Its figures over the run. */
  ResourceFigures figures() {
    return figures;
  }

  /** A figure's values in a degradation. */
  List<Double> in(Degradation degradation, String figure) {
    return figures.in(degradation, figure);
  }

  /** The mean of a figure in a degradation; 0 where it was not seen. */
  double mean(Degradation degradation, String figure) {
    return figures.mean(degradation, figure);
  }

  /**
   * Whether something went on in a degradation, and not at other times of the same run: without
   * that contrast it is no cause.
   */
  boolean isOnlyIn(Degradation degradation, String figure) {
    boolean otherwise =
        Stream.of(figures.before(degradation, figure), figures.after(degradation, figure))
            .flatMap(Optional::stream)
            .anyMatch(share -> share < options.share() * HALF);
    return otherwise && mean(degradation, figure) >= options.share();
  }

  /**
   * The mean of a figure before a degradation; nothing where the degradation was there from the
   * start.
   */
  Optional<Double> before(Degradation degradation, String figure) {
    return figures.before(degradation, figure);
  }

  private static boolean isItsOwn(ResourceSample sample) {
    return sample.figures().keySet().stream().anyMatch(OWN::contains);
  }

  /**
   * Whether a figure is by far higher in a degradation than before it; nothing without a before.
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

  /** The time before a degradation; nothing where it was there from the start. */
  Optional<Degradation> timeBefore(Degradation degradation) {
    Degradation before =
        new Degradation(
            degradation.service(), firstSecond, degradation.from() - 1, degradation.errors());
    return within(before).isEmpty() ? Optional.empty() : Optional.of(before);
  }

  /** Statements in a degradation, with their average sessions; most of what is asked for first. */
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

  /** Who waited for whom in a degradation, the most sessions first; sessions are averages. */
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

  /** Rows per second that were read from end to end in a degradation, the most first. */
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

  /** How often a statement ran and how long it took, where the database counts that. */
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

  /** Who had connections in a degradation. */
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
   * Whether a client of the database may be a service: its name is a part of the client's, or
   * neither of them is known by name.
   */
  boolean mayBe(String client, String service) {
    return is(client, service)
        || !isNamed(service) && services.stream().noneMatch(other -> is(client, other));
  }

  /** Whether a client is called like a service. */
  boolean isNamed(String service) {
    return figures.samples().stream()
        .flatMap(sample -> sample.figures().keySet().stream())
        .filter(figure -> figure.startsWith(CONNECTIONS_OF))
        .anyMatch(figure -> is(figure.substring(CONNECTIONS_OF.length()), service));
  }

  List<DatabaseSample> samples() {
    return samples;
  }

  /** Whether the database was never reached. */
  public boolean isEmpty() {
    return figures.isEmpty();
  }

  static boolean is(String client, String service) {
    // A user may be called like one service and be that of all.
    return !client.startsWith("user ")
        && client.toLowerCase(Locale.ROOT).contains(service.toLowerCase(Locale.ROOT));
  }
}
