package com.soundcore.kcp.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceFeederTest {
  private static final URI URL = URI.create("http://127.0.0.1:1");
  private static final KcpConfig CONFIG = ConfigLoader.load(new Properties());

  private static ServiceFeeder feeder(String service, long seed, int injector) {
    Catalog catalog = new Catalog();
    catalog.put("knowledge", "items", IntStream.range(1, 501).mapToObj(String::valueOf).toList());
    catalog.put("knowledge", "products", List.of("7", "8"));
    return new ServiceFeeder(
        CONFIG.allServices().get(service), URL, catalog, "kcp-run", seed, injector);
  }

  private static List<String> urls(ServiceFeeder feeder) {
    return Stream.generate(() -> feeder.next("get").url()).limit(50).toList();
  }

  @Test
  void theSameSeedAsksTheSameInTheSameOrder() {
    assertThat(urls(feeder("knowledge", 1, 0))).isEqualTo(urls(feeder("knowledge", 1, 0)));
    assertThat(urls(feeder("knowledge", 1, 0))).isNotEqualTo(urls(feeder("knowledge", 2, 0)));
    assertThat(urls(feeder("knowledge", 1, 0))).isNotEqualTo(urls(feeder("knowledge", 1, 1)));
  }

  @Test
  void anIdIsInThePathAndExpectedInTheAnswer() {
    DrawnCall call = feeder("knowledge", 1, 0).next("get");
    String id = call.url().substring(call.url().lastIndexOf('/') + 1);
    assertThat(call.url()).isEqualTo("http://127.0.0.1:1/api/v1/knowledge/" + id);
    assertThat(call.contains()).containsExactly("\"id\":" + id + ",", "\"quality_score\":");
    assertThat(call.body()).isNull();
  }

  @Test
  void searchTermsFollowAZipfLaw() {
    ServiceFeeder feeder = feeder("knowledge", 1, 0);
    int draws = 50_000;
    Map<String, Long> counts =
        IntStream.range(0, draws)
            .mapToObj(i -> feeder.next("search").contains().get(0))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    double harmonic = IntStream.rangeClosed(1, 500).mapToDouble(k -> 1.0 / k).sum();
    assertThat(counts.get("\"query\":\"bluetooth\""))
        .isBetween((long) (draws / harmonic * 0.95), (long) (draws / harmonic * 1.05));
    assertThat(counts.get("\"query\":\"battery\""))
        .isBetween((long) (draws / harmonic / 2 * 0.93), (long) (draws / harmonic / 2 * 1.07));
    assertThat(counts.size()).isGreaterThan(450);
  }

  @Test
  void whatIsCreatedCarriesTheRunsTagAndANumberOfItsOwn() {
    ServiceFeeder first = feeder("knowledge", 1, 0);
    ServiceFeeder second = feeder("knowledge", 1, 1);
    List<String> titles =
        Stream.of(first.next("create"), first.next("create"), second.next("create"))
            .map(DrawnCall::body)
            .peek(body -> assertThat(body).contains("\"kcp-run\""))
            .map(body -> body.replaceAll(".*\"title\":\"[^\"]* (\\d+)\".*", "$1"))
            .toList();
    assertThat(titles).containsExactly("1", "2", "1000000001");
  }

  @Test
  void aCallWithoutARealIdIsNotMade() {
    ServiceFeeder feeder =
        new ServiceFeeder(CONFIG.allServices().get("knowledge"), URL, new Catalog(), "r", 1, 0);
    assertThatThrownBy(() -> feeder.next("get")).hasMessage("no ids of knowledge.items were found");
  }

  @Test
  void valuesAreEscapedForTheirPlace() {
    Value value = Value.of("50% \"loud\" & ü");
    assertThat(value.inUrl()).isEqualTo("50%25%20%22loud%22%20%26%20%C3%BC");
    assertThat(value.inJson()).isEqualTo("50% \\\"loud\\\" & ü");
  }
}
