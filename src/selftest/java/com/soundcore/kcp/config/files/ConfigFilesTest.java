package com.soundcore.kcp.config.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFilesTest {
  @Test
  void whatCallsAreFilledWithConfiguresARunAsMuchAsWhatIsCalled() {
    assertThat(ConfigFiles.digests("embedded"))
        .containsKeys(
            "services.conf",
            "feeders/knowledge.conf",
            "feeders/search-terms.txt",
            "feeders/topics.txt",
            "feeders/paragraphs.txt",
            "feeders/users.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{ lines = \"own.txt\" }", "{lines:own.txt, skew = 1}", "lines=own.txt # x"})
  void aListIsSeenHoweverItIsWritten(String text) {
    assertThat(ConfigFiles.LIST.matcher(text).results().map(list -> list.group(1)))
        .containsExactly("own.txt");
  }

  @Test
  void whatAMachineMayHaveOfItsOwnIsLeftOut() {
    assertThat(ConfigFiles.digests("embedded"))
        .containsKeys("tests.conf", "gates.conf", "services.conf")
        .doesNotContainKeys("kcp.conf", "monitoring.conf", "environments/embedded.conf");
  }
}
