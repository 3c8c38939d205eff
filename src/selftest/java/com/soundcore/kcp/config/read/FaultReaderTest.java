package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.Fault;
import com.soundcore.kcp.config.Fault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultReaderTest {
  private static final Duration NONE = Duration.ZERO;

  private static List<Fault> read(String store, String faults) {
    Properties properties = new Properties();
    properties.put("kcp.backend.store", store);
    properties.put("kcp.backend.faults", faults);
    return ConfigLoader.load(properties).backend().faults();
  }

  @Test
  void aKindHasItsOwnKeysAndNothingOfTheOthers() {
    assertThat(
            read(
                "memory",
                "[{ service = auth, kind = slow, operation = me, from = 10s, to = 1m, delay = 50ms"
                    + " }, { service = knowledge, kind = pool, size = 4, delay = 20ms, lasting = 2s"
                    + " }, { service = content, kind = overload, rate = 40, delay = 1s }, { service"
                    + " = support, kind = errors, share = 5% }]"))
        .containsExactly(
            new Fault(
                "auth",
                Kind.SLOW,
                Optional.of("me"),
                Duration.ofSeconds(10),
                Optional.of(Duration.ofMinutes(1)),
                Duration.ofMillis(50),
                1,
                0,
                0,
                NONE),
            new Fault(
                "knowledge",
                Kind.POOL,
                Optional.empty(),
                NONE,
                Optional.empty(),
                Duration.ofMillis(20),
                1,
                4,
                0,
                Duration.ofSeconds(2)),
            new Fault(
                "content",
                Kind.OVERLOAD,
                Optional.empty(),
                NONE,
                Optional.empty(),
                Duration.ofSeconds(1),
                1,
                0,
                40,
                NONE),
            new Fault(
                "support",
                Kind.ERRORS,
                Optional.empty(),
                NONE,
                Optional.empty(),
                NONE,
                0.05,
                0,
                0,
                NONE));
  }

  @Test
  void aFaultOfTheDatabaseHasATable() {
    assertThat(
            read(
                "postgres",
                "[{ service = database, kind = lock, operation = tickets, delay = 2s, lasting = 3s"
                    + " }, { service = database, kind = connections, size = 3 }]"))
        .extracting(Fault::text)
        .containsExactly("lock at database / tickets", "connections at database");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory | { service = auth, kind = slw, delay = 1s } | kcp.backend.faults[0].kind (-D: 1)"
            + " was 'slw'; must be one of slow, errors, wrong-content, reset, hang, pool, leak,"
            + " out-of-memory, garbage, quota, autoscaling, cpu, bandwidth, overload,"
            + " slow-recovery, crash, index-dropped, slow-statement, lock, open-transaction,"
            + " connections, disk-work, report (did you mean slow?)",
        "memory | { service = auth, kind = slow } | kcp.backend.faults[0].delay is missing",
        "memory | { service = auth, kind = cpu, delay = 2d } | kcp.backend.faults[0].delay (-D: 1)"
            + " was '2d'; must be a duration with a unit, such as 500ms, 10s or 5m, from 0 ms to 1"
            + " d",
        "memory | { service = auth, kind = errors, share = 5 } | kcp.backend.faults[0].share (-D:"
            + " 1) was '5'; must be a percentage from 0% to 100%, such as 0.1%",
        "memory | { service = auth, kind = leak, size = 0 } | kcp.backend.faults[0].size (-D: 1)"
            + " was '0'; must be a whole number from 1 to 1,000,000,000",
        "memory | { service = auth, kind = bandwidth, size = 1, rate = 0 } |"
            + " kcp.backend.faults[0].rate (-D: 1) was '0'; must be a number above 0 and up to"
            + " 1000000000",
        "memory | { service = auth, kind = crash } | kcp.backend.faults[0].to is missing; a service"
            + " that has crashed must come back",
        "memory | { service = auht, kind = cpu, delay = 1s } | kcp.backend.faults.service was"
            + " 'auht'; must be one of analytics, auth, content, knowledge, support (did you mean"
            + " auth?)",
        "memory | { service = auth, kind = cpu, operation = mee, delay = 1s } |"
            + " kcp.backend.faults.operation was 'mee'; must be one of login, me, refresh,"
            + " register, verify (did you mean me?)",
        "memory | { service = database, kind = report, operation = users, size = 2 } |"
            + " kcp.backend.faults has report at database / users; needs a database"
            + " (kcp.backend.store=postgres)",
        "postgres | { service = auth, kind = report, operation = users, size = 2 } |"
            + " kcp.backend.faults has report at auth / users; must be a kind and a service that"
            + " belong together",
        "postgres | { service = database, kind = slow, operation = users, delay = 1s } |"
            + " kcp.backend.faults has slow at database / users; must be a kind and a service that"
            + " belong together",
        "postgres | { service = database, kind = index-dropped, operation = user } |"
            + " kcp.backend.faults.operation was 'user'; must be one of conversations,"
            + " knowledge_items, products, search_logs, tickets, users (did you mean users?)",
      })
  void aFaultThatCannotBePlantedIsRefused(String store, String fault, String sentence) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> read(store, "[" + fault + "]"));
    assertThat(refused).as("the configuration must be refused").isNotNull();
    assertThat(refused.problems()).containsExactly(sentence);
  }
}
