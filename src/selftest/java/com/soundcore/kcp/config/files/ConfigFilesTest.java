package com.soundcore.kcp.config.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

  @Test
  void whatAMachineMayHaveOfItsOwnIsLeftOut() {
    assertThat(ConfigFiles.digests("embedded"))
        .doesNotContainKeys("kcp.conf", "monitoring.conf", "environments/embedded.conf");
  }
}
