package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.Monitoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A database that accepts no more connections. */
final class Connections implements Hypothesis {
  /** The metric of refused monitoring connections. */
  private static final String REFUSED = "refused";

  private static final int NEAR = 3;

  private static final Pattern WORDS =
      Pattern.compile("too many (clients|connections)|remaining connection slots");

  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    List<String> evidence = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    for (Degradation degradation : degradations) {
      Optional<Map.Entry<String, Long>> said =
          degradation.errors().entrySet().stream()
              .filter(error -> WORDS.matcher(error.getKey()).find())
              .findFirst();
      Degradation near = degradation.widened(NEAR);
      double most = database.figures().most(near, "max-connections");
      List<Double> open = database.in(near, "connections");
      // The monitoring's own connection counts.
      long full =
          open.stream()
              .filter(count -> most > 0 && count + 1 >= most * database.options().connections())
              .count();
      boolean refused = database.isOnlyIn(near, REFUSED);
      // Pools that keep all their connections open do no harm, so they do not explain slow calls.
      boolean harmless =
          degradation.errors().isEmpty()
              && database
                  .before(near, "connections")
                  .map(was -> was + 1 >= most * database.options().connections())
                  .orElse(true);
      boolean used =
          !harmless && !open.isEmpty() && full >= open.size() * database.options().share();
      if (said.isEmpty() && !refused && !used) {
        continue;
      }
      explained.add(degradation.service());
      said.ifPresent(
          error ->
              evidence.add(
                  text(
                      "%,d calls of %s failed: %s",
                      error.getValue(), degradation.service(), error.getKey())));
      if (used) {
        evidence.add(
            text(
                "%,.0f of the %,.0f connections that it allows were open from %s",
                Math.min(most, database.figures().most(near, "connections") + 1),
                most,
                near.span()));
      }
      if (refused) {
        evidence.add("it even refused the monitoring connection: none was left");
      }
    }
    // Every service that needs a connection is affected, and one that lost its connection fails at
    // the same time.
    List<Degradation> struck =
        degradations.stream().filter(one -> explained.contains(one.service())).toList();
    degradations.stream()
        .filter(one -> !explained.contains(one.service()))
        .filter(one -> struck.stream().anyMatch(other -> meet(one, other)))
        .forEach(one -> explained.add(one.service()));
    return explained.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SharedCause(
                FindingKind.DATABASE_CONNECTIONS,
                Monitoring.Database.NAME,
                evidence.stream().distinct().toList(),
                explained));
  }

  private static boolean meet(Degradation one, Degradation other) {
    return one.from() <= other.to() + NEAR && other.from() <= one.to() + NEAR;
  }
}
