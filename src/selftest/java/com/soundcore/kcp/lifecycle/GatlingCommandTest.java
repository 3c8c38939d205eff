package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig.RunOptions;
import com.soundcore.kcp.config.read.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatlingCommandTest {
  private static final String COMMAND = "sun.java.command";

  private static RunOptions run(String resultsFolder, boolean underMaven) {
    Properties properties = new Properties();
    properties.put("kcp.results-folder", resultsFolder);
    properties.put("kcp.stop-with-parent", String.valueOf(underMaven));
    return ConfigLoader.load(properties).run();
  }

  private static GatlingCommand of(String command) {
    return new GatlingCommand(List.of(command.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-rf", "--results-folder"})
  void aLogThatGatlingWritesElsewhereIsRefusedBeforeTheLoad(String option) {
    GatlingCommand command = of("-s Smoke " + option + " target/gatling");
    assertThatCode(() -> command.mustKeepLogFor(run("target/gatling", true)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> command.mustKeepLogFor(run("target/elsewhere", true)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "kcp.results-folder (-D) was 'target/elsewhere'; must be where Gatling writes its log,"
                + " which is "
                + Path.of("target/gatling").toAbsolutePath())
        .hasMessageContaining("kcp run <Test> -Dkcp.results-folder=target/elsewhere");
  }

  @ParameterizedTest
  @CsvSource({"./x/../results", "results/", "results"})
  void theSameFolderMayBeWrittenInAnotherWay(String wanted, @TempDir Path folder) {
    GatlingCommand command = of("-rf " + folder.resolve("results"));
    assertThatCode(() -> command.mustWriteTo(folder + "/" + wanted)).doesNotThrowAnyException();
  }

  @Test
  void aLinkIsTheFolderThatItLeadsTo(@TempDir Path folder) throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    GatlingCommand command = of("-rf " + real.resolve("not/there/yet"));
    assertThatCode(() -> command.mustWriteTo(link.resolve("not/there/yet").toString()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> command.mustWriteTo(link.toString()))
        .isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-s Smoke", "-s Smoke -rf"})
  void aFolderThatIsNotOnTheCommandLineIsNotDoubted(String command) {
    assertThatCode(() -> of(command).mustWriteTo("anywhere")).doesNotThrowAnyException();
  }

  @Test
  void aRunWithoutALogCouldNotBeJudgedUnderMavenAlone() {
    GatlingCommand command = of("-s Smoke");
    assertThatThrownBy(() -> command.mustKeepLogFor(run("", true)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "kcp.results-folder (-D) was ''; must name a folder under Maven: without a log there is"
                + " no verdict");
    assertThatCode(() -> command.mustKeepLogFor(run("", false))).doesNotThrowAnyException();
  }

  @Test
  void aLogThatGatlingIsNotToWriteIsRefused() {
    System.setProperty("gatling.data.writers.0", "console");
    try {
      assertThatThrownBy(() -> of("-s Smoke").mustKeepLogFor(run("target/gatling", false)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("gatling.data.writers (-D or conf/gatling.conf) was [console]");
    } finally {
      System.clearProperty("gatling.data.writers.0");
    }
  }

  @Test
  void theArgumentsAreThoseOfGatlingAndOfNoOtherProgram() {
    String mine = System.getProperty(COMMAND);
    try {
      System.setProperty(COMMAND, "io.gatling.app.Gatling -s Smoke -rf target/gatling");
      assertThatThrownBy(() -> GatlingCommand.ofThisProcess().mustWriteTo("target/elsewhere"))
          .isInstanceOf(ConfigException.class);
      System.setProperty(COMMAND, "another.Program -rf target/gatling");
      assertThatCode(() -> GatlingCommand.ofThisProcess().mustWriteTo("target/elsewhere"))
          .doesNotThrowAnyException();
    } finally {
      System.setProperty(COMMAND, mine);
    }
  }
}
