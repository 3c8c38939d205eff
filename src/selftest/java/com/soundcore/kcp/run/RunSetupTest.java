package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSetupTest {
  private static final ObservedSystem SYSTEM =
      new ObservedSystem("b7", Map.of("auth", "1.2"), Map.of("users", 5L), List.of("seen"), "note");

  /** Every part differs from what is there by default. */
  private static RunSetupBuilder complete() {
    return RunSetup.builder()
        .test("spike", "id-1", 42)
        .against("staging", true)
        .load("mixed", "closed")
        .scaled(0.5, 0.25)
        .altered(List.of("seed"))
        .leftOut(List.of("services: auth"), List.of("ask"))
        .faults(List.of("slow", "lost"))
        .injector(2, 3)
        .on("17", "2 cores", "mvn gatling:test")
        .system(SYSTEM)
        .files(Map.of("gates.conf", "aa"));
  }

  @Test
  void everyPartComesFromItsOwnSetter() {
    assertThat(complete().build())
        .isEqualTo(
            new RunSetup(
                "spike",
                "id-1",
                "staging",
                true,
                "mixed",
                "closed",
                42,
                0.5,
                0.25,
                List.of("seed"),
                List.of("services: auth"),
                List.of("ask"),
                List.of("slow", "lost"),
                2,
                3,
                "17",
                "2 cores",
                "mvn gatling:test",
                SYSTEM,
                Map.of("gates.conf", "aa")));
  }

  @Test
  void aCopyIsFilledInLikeItsOriginal() {
    assertThat(RunSetupBuilder.of(complete().build()).build()).isEqualTo(complete().build());
  }

  @Test
  void whatIsNotGivenIsUnknownEmptyOrOne() {
    List<String> none = List.of();
    assertThat(RunSetup.builder().build())
        .isEqualTo(
            new RunSetup(
                "unknown",
                "unknown",
                "unknown",
                false,
                "unknown",
                "unknown",
                0,
                1,
                1,
                none,
                none,
                none,
                none,
                0,
                1,
                "unknown",
                "unknown",
                "unknown",
                ObservedSystem.UNKNOWN,
                Map.of()));
  }

  @Test
  void whatAnEarlierVersionDidNotWriteIsEmpty() {
    RunSetup setup = RunSetup.builder().leftOut(null, null).system(null).files(null).build();
    assertThat(setup).isEqualTo(RunSetup.builder().build());
  }

  @Test
  void everyCaveatIsASentenceInThisOrder() {
    assertThat(complete().build().caveats())
        .containsExactly(
            "EMBEDDED: the backend that comes with the suite was measured",
            "FAULTS PLANTED: slow; lost",
            "SCALED: time × 0.5, load × 0.25; says nothing of the unscaled test",
            "ALTERED: seed; not the test as written",
            "PARTIAL: services: auth",
            "WITHOUT COSTLY CALLS: ask (kcp.include-costly=true includes them)",
            "seen");
    assertThat(RunSetup.builder().build().caveats()).isEmpty();
  }

  @Test
  void eitherScaleAloneIsACaveat() {
    assertThat(RunSetup.builder().scaled(2, 1).build().caveats())
        .containsExactly("SCALED: time × 2.0, load × 1.0; says nothing of the unscaled test");
    assertThat(RunSetup.builder().scaled(1, 2).build().caveats())
        .containsExactly("SCALED: time × 1.0, load × 2.0; says nothing of the unscaled test");
  }

  @Test
  void whatIsAddedComesAfterWhatIsThereAndOnce() {
    assertThat(complete().build().withAltered(List.of("gates", "seed")))
        .isEqualTo(complete().altered(List.of("seed", "gates")).build());
    assertThat(complete().build().withPartial(List.of("services: auth", "1 of 2 injectors")))
        .isEqualTo(
            complete()
                .leftOut(List.of("services: auth", "1 of 2 injectors"), List.of("ask"))
                .build());
  }

  @Test
  void caveatsOfTheSystemAreReplacedAndItsOtherFactsStay() {
    assertThat(complete().build().withCaveats(List.of("new")).system())
        .isEqualTo(
            new ObservedSystem(
                "b7", Map.of("auth", "1.2"), Map.of("users", 5L), List.of("new"), "note"));
  }

  @Test
  void filesAreUnlikeWhereOneIsMissingOrHasAnotherDigest() {
    Map<String, String> some = Map.of("a", "1", "b", "2", "c", "3");
    assertThat(RunSetup.unlike(some, Map.of("d", "4", "c", "3", "b", "9")))
        .containsExactly("a", "b", "d");
    assertThat(RunSetup.unlike(some, some)).isEmpty();
  }

  @Test
  void filesOfARunThatDoesNotNameThemAreNotCompared() {
    assertThat(RunSetup.unlike(Map.of(), Map.of("a", "1"))).isEmpty();
    assertThat(RunSetup.unlike(Map.of("a", "1"), Map.of())).isEmpty();
  }
}
