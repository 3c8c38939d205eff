package com.soundcore.kcp.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.backend.BackendProgram;
import com.soundcore.kcp.backend.DatabaseProgram;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BackendCommandLineTest {
  private static KcpConfig config(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return ConfigLoader.load(properties);
  }

  @Test
  void theServicesGetTheRowsThePoolAndTheirPorts() {
    KcpConfig config =
        config("kcp.seed", "7", "kcp.backend.pool-timeout", "5s", "kcp.backend.tickets", "3");
    assertThat(BackendCommandLine.of(config, Set.of("support", "auth")))
        .containsExactly(
            "--port=auth=" + config.environment().urls().get("auth").getPort(),
            "--port=support=" + config.environment().urls().get("support").getPort(),
            "--seed=7",
            "--items=5000",
            "--products=60",
            "--conversations=2000",
            "--tickets=3",
            "--max-items=10000",
            "--pool=30",
            "--pool-timeout-ms=5000");
  }

  @ParameterizedTest
  @CsvSource({
    "kcp.backend.store, postgres, --database=jdbc:postgresql://127.0.0.1:18006/postgres",
    "kcp.backend.pool-figures, false, --hide-pool",
    "kcp.backend.dialect, planned, --planned-dialect"
  })
  void whatIsUnusualIsOneMoreArgument(String key, String value, String argument) {
    List<String> usual = BackendCommandLine.of(config());
    List<String> unusual = BackendCommandLine.of(config(key, value));
    assertThat(usual).doesNotContain(argument);
    assertThat(unusual).containsAll(usual).contains(argument).hasSize(usual.size() + 1);
  }

  @Test
  void aFaultIsOfItsServiceAloneAndNamesTheRouteOfItsOperation() {
    KcpConfig config =
        config(
            "kcp.backend.faults",
            "[{ service = knowledge, kind = slow, operation = get, delay = 1500us, from = 10s, to ="
                + " 1m }, { service = auth, kind = errors, share = 20% }]");
    assertThat(faults(BackendCommandLine.of(config, Set.of("knowledge"))))
        .containsExactly(
            "--fault={\"service\":\"knowledge\",\"kind\":\"slow\",\"route\":\"GET"
                + " /api/v1/knowledge/{}\",\"fromMs\":10000,\"toMs\":60000,\"delayMs\":1.5,\"share\":1.0,\"size\":0,\"rate\":0.0,\"lastingMs\":0}");
    assertThat(faults(BackendCommandLine.of(config, Set.of("auth"))))
        .containsExactly(
            "--fault={\"service\":\"auth\",\"kind\":\"errors\",\"route\":\"\",\"fromMs\":0,\"toMs\":9223372036854775807,\"delayMs\":0.0,\"share\":0.2,\"size\":0,\"rate\":0.0,\"lastingMs\":0}");
    assertThat(faults(BackendCommandLine.of(config, Set.of("support")))).isEmpty();
    assertThat(faults(BackendCommandLine.of(config))).hasSize(2);
  }

  private static List<String> faults(List<String> arguments) {
    return arguments.stream().filter(argument -> argument.startsWith("--fault=")).toList();
  }

  @Test
  void aFaultOfTheDatabaseIsPlantedThereAndNamesItsTable() {
    KcpConfig config =
        config(
            "kcp.backend.store", "postgres",
            "kcp.backend.postgres.cores", "2",
            "kcp.backend.faults",
                "[{ service = database, kind = index-dropped, operation = tickets }]");
    List<String> arguments = BackendCommandLine.ofTheDatabase(config);
    assertThat(arguments).contains("--port=18006", "--max-connections=100", "--cores=2");
    assertThat(faults(arguments))
        .singleElement()
        .asString()
        .contains("\"kind\":\"index-dropped\",\"route\":\"tickets\"");
    assertThat(faults(BackendCommandLine.of(config))).isEmpty();
  }

  @Test
  void bothProgramsUnderstandWhatTheyAreStartedWith() {
    KcpConfig config =
        config(
            "kcp.backend.store", "postgres",
            "kcp.backend.pool-figures", "false",
            "kcp.backend.dialect", "planned",
            "kcp.backend.faults",
                "[{ service = auth, kind = errors, share = 20% }, { service = database, kind ="
                    + " lock, operation = tickets, delay = 1s, lasting = 2s }]");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> services =
        BackendCommandLine.services(config, List.of("-Xmx9m", "-Xint"), Set.of("auth"));
    assertThat(services)
        .startsWith(
            java, "-Xmx9m", "-Xint", "-cp", ClassPath.ofTheSuite(), BackendProgram.class.getName())
        .endsWith("--stop-with-input");
    assertThat(
            new CommandLine(new BackendProgram())
                .parseArgs(services.subList(6, services.size()).toArray(String[]::new))
                .unmatched())
        .isEmpty();
    List<String> database = BackendCommandLine.database(config);
    int program = database.indexOf(DatabaseProgram.class.getName());
    assertThat(database.subList(program - 2, program))
        .containsExactly("-cp", ClassPath.ofTheSuite());
    assertThat(
            new CommandLine(new DatabaseProgram())
                .parseArgs(database.subList(program + 1, database.size()).toArray(String[]::new))
                .unmatched())
        .isEmpty();
  }
}
