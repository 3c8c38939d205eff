package com.soundcore.kcp.finding.shared;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The causes that the figures of the database speak for, the likeliest first. What one explains is
 * not explained again by a weaker one: a pool is always full behind a lock.
 */
public final class SharedCauses {
  /** The stronger its evidence, the earlier; a new cause is a class, and a line here. */
  private static final List<Hypothesis> ALL =
      List.of(
          new GoneDatabase(),
          new Connections(),
          new Locks(),
          new BusyProcessor(),
          new SlowerStatement(),
          SlowStatements.forTheDisk(),
          SlowStatements.forSomethingElse(),
          new HeldConnections());

  private SharedCauses() {}

  /**
   * All of them; empty where nothing was seen of the database.
   *
   * @param degradations of services that were slow or failed
   * @param sound the other services
   */
  public static List<SharedCause> of(
      List<Degradation> degradations, Collection<String> sound, DatabaseActivity database) {
    List<SharedCause> causes = new ArrayList<>();
    List<Degradation> open =
        new ArrayList<>(
            degradations.stream()
                .filter(degradation -> database.serves(degradation.service()))
                .toList());
    for (Hypothesis hypothesis : ALL) {
      // One service at a time may be explained: the same cause may hold for others.
      for (Optional<SharedCause> cause = hypothesis.explain(open, database);
          cause.isPresent() && !open.isEmpty();
          cause = hypothesis.explain(open, database)) {
        List<String> services = cause.get().services();
        causes.add(cause.get());
        open.removeIf(degradation -> services.contains(degradation.service()));
      }
    }
    List<String> unexplained = new ArrayList<>(sound);
    open.forEach(degradation -> unexplained.add(degradation.service()));
    // It explains no degradation: whatever else is found of these services stands.
    new Locks()
        .explain(LockStretches.of(unexplained, database), database)
        .map(lock -> new SharedCause(lock.kind(), lock.subject(), lock.evidence(), List.of()))
        .ifPresent(causes::add);
    return causes;
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
