package com.soundcore.kcp.finding.shared;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The causes that the metrics of shared resources support, the likeliest first. A degradation that
 * one cause explains is not explained again by a weaker one: a pool is always full behind a lock,
 * and a database is always busy behind an empty cache.
 */
public final class SharedCauses {
  /** Causes in a machine, which count only if nothing better explains the degradation. */
  private static final List<ShortMachine> OF_MACHINES =
      List.of(ShortMachine.ofMemory(), ShortMachine.ofDisk());

  private SharedCauses() {}

  /**
   * Returns all shared causes; empty if no shared resource was monitored.
   *
   * @param degradations of services that were slow or failed
   * @param sound the other services
   */
  public static List<SharedCause> of(
      List<Degradation> degradations, Collection<String> sound, Surroundings seen) {
    List<SharedCause> causes = new ArrayList<>();
    List<Degradation> open = new ArrayList<>(degradations);
    causes.addAll(ofTheDatabase(open, sound, seen));
    for (SharedCause cause : causes) {
      open.removeIf(degradation -> cause.services().contains(degradation.service()));
    }
    for (ShortMachine shortage : OF_MACHINES) {
      seen.machines()
          .forEach(
              (name, figures) ->
                  take(shortage.of(open, name, figures, seen.limits()), open, causes));
    }
    return causes;
  }

  /**
   * Hypotheses in the order of their evidence, the strongest first; a new cause is a class and a
   * line here.
   */
  private static List<Hypothesis> hypotheses(Surroundings seen) {
    return List.of(
        new GoneDatabase(),
        new Connections(),
        new Locks(),
        new ColdCache(seen.cache()),
        new BusyProcessor(),
        new SlowerStatement(),
        SlowStatements.forTheDisk(),
        SlowStatements.forSomethingElse(),
        new ChurningConnections(),
        new HeldConnections());
  }

  private static void take(
      Optional<SharedCause> found, List<Degradation> open, List<SharedCause> causes) {
    found.ifPresent(
        cause -> {
          causes.add(cause);
          open.removeIf(degradation -> cause.services().contains(degradation.service()));
        });
  }

  private static List<SharedCause> ofTheDatabase(
      List<Degradation> degradations, Collection<String> sound, Surroundings seen) {
    DatabaseActivity database = seen.database();
    List<SharedCause> causes = new ArrayList<>();
    List<Degradation> open =
        new ArrayList<>(
            degradations.stream()
                .filter(degradation -> database.serves(degradation.service()))
                // An application that waits for its database takes longer itself.
                .filter(Degradation::inside)
                .map(database::seen)
                .toList());
    for (Hypothesis hypothesis : hypotheses(seen)) {
      // A hypothesis may explain one service at a time, so it is asked again for the others.
      for (Optional<SharedCause> cause = hypothesis.explain(open, database);
          cause.isPresent() && !open.isEmpty();
          cause = hypothesis.explain(open, database)) {
        take(cause, open, causes);
      }
    }
    List<String> unexplained = new ArrayList<>(sound);
    open.forEach(degradation -> unexplained.add(degradation.service()));
    List<Degradation> stretches = LockStretches.of(unexplained, database);
    new Locks()
        .explain(stretches, database)
        .map(
            lock ->
                new SharedCause(
                    lock.kind(), lock.subject(), lock.evidence(), sufferedIn(stretches, open)))
        .ifPresent(causes::add);
    return causes;
  }

  /**
   * Returns the services whose degradation lies within their own lock stretch: a lock that was
   * there before the degradation is still its cause. The other findings of these services are kept.
   */
  private static List<String> sufferedIn(List<Degradation> stretches, List<Degradation> open) {
    return open.stream()
        .filter(
            one ->
                stretches.stream()
                    .filter(stretch -> stretch.service().equals(one.service()))
                    .anyMatch(
                        stretch -> one.from() >= stretch.from() && one.to() <= stretch.to() + 1))
        .map(Degradation::service)
        .toList();
  }
}
