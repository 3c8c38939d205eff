package com.soundcore.kcp.config.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedKeysTest {
  @Test
  void aKeyThatIsRepeatedFurtherDownIsFoundHoweverItIsWritten() {
    RepeatedKeys keys =
        new RepeatedKeys(
            """
            kcp.targets {
              # p95 = 1s is a comment, and so is // p95 = 2s
              knowledge { requests-per-second = 5000, p95 = 300ms }
              "auth" : { p95 = 200ms }
              auth { p95 = 2s }
            }
            kcp { targets { knowledge.p95 = 3000ms } }
            kcp.lists = [ { a = 1, b = 2 }, { a = 1 }, {
              c = 1
              c : [2]
            } ]
            """);
    assertThat(keys.found())
        .containsExactly(
            "kcp.targets.auth.p95 in lines 4 and 5",
            "kcp.targets.knowledge.p95 in lines 3 and 7",
            "kcp.lists[2].c in lines 9 and 10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a { b = 1 }\na { c = 1 }",
        "a = 1\na = ${?A}",
        "a = [1]\na += 2",
        "a = \"{ a = 1 } # \\\" \"\nb = \"\"\"a = 1\n\"\"\"",
        "a.b = 1, b.a = 1",
        "{ a = 1 }\n",
        "a =\n  1\nb = [\n  a = 1\n]",
        "a = ${b} { c = 1 }",
        "a += { b = 1 }\na += { b = 2 }",
        "a = [ { b = 1 } ] [ { b = 2 } ]",
        "a = [ { b = 1 } ]\na = ${a} [ { b = 2 } ]",
        "a = \"\"\"say \"hi\"\"\"\"\nb { c = 1 }\nc { c = 1 }",
        "a {"
      })
  void whatIsNotRepeatedIsNotFound(String text) {
    assertThat(new RepeatedKeys(text).found()).isEmpty();
  }

  @Test
  void includedFilesAreNamed() {
    RepeatedKeys keys =
        new RepeatedKeys("include classpath(\"a.conf\") # why\ninclude \"b.conf\"\nincluded = 1\n");
    assertThat(keys.included()).containsExactly("a.conf", "b.conf");
    assertThat(keys.found()).isEmpty();
  }
}
