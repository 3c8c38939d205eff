package com.soundcore.kcp.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folder of a run: Gatling's log, and {@code kcp/} with the files of this suite. */
public record RunFolder(Path path) {
  /** The file with the facts of the run. */
  public static final String FACTS = "run.json";

  // Files written by another version of this suite do not prevent reading a run.
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .registerModule(new PlainTexts());

  // Samples have no optional values: a missing one would be an error later on.
  private static final ObjectReader COMPLETE =
      JSON.reader(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  /** The file with the metrics of the system under test. */
  public static final String RESOURCES = "resources.json";

  /** The file with the activity of database sessions. */
  public static final String DATABASE = "database.json";

  private static final String EXAMPLES = "examples.json";

  public Path log() {
    return path.resolve("simulation.log");
  }

  /** Returns the file of the model to which a log was reduced. A merged run has only this file. */
  public Path model() {
    return path.resolve("kcp").resolve("run.model");
  }

  /** Returns whether the folder has measurements: a log or a model. */
  public boolean hasResults() {
    return Files.isReadable(log()) || Files.isReadable(model());
  }

  /** Returns a file of this suite. Creates its folder if necessary. */
  public Path file(String name) {
    try {
      return Files.createDirectories(path.resolve("kcp")).resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(RunMetadata facts) {
    write(FACTS, facts, JSON.writerWithDefaultPrettyPrinter());
  }

  private void write(String name, Object what, ObjectWriter writer) {
    WholeFile.write(
        file(name),
        out -> writer.without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(out, what));
  }

  /** Writes the metrics of the system under test. */
  public void write(List<ResourceSample> resources) {
    write(RESOURCES, resources, JSON.writer());
  }

  /** Reads the metrics of the system under test; empty if they were not recorded. */
  public List<ResourceSample> resources() {
    return read(RESOURCES, COMPLETE.forType(new TypeReference<List<ResourceSample>>() {}));
  }

  /** Writes the activity of database sessions. */
  public void writeDatabase(List<DatabaseSample> samples) {
    write(DATABASE, samples, JSON.writer());
  }

  /** Reads the activity of database sessions; empty if it was not recorded. */
  public List<DatabaseSample> database() {
    return read(DATABASE, COMPLETE.forType(new TypeReference<List<DatabaseSample>>() {}));
  }

  /** Writes the single calls that the report shows. */
  public void writeExamples(List<Answered.Example> examples) {
    write(EXAMPLES, examples, JSON.writer());
  }

  /** Reads the single calls that the report shows; empty if they were not recorded. */
  public List<Answered.Example> examples() {
    return read(EXAMPLES, JSON.readerFor(new TypeReference<List<Answered.Example>>() {}));
  }

  private <T> List<T> read(String name, ObjectReader reader) {
    Path file = path.resolve("kcp").resolve(name);
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try {
      List<T> all = reader.readValue(file.toFile());
      if (all == null || all.contains(null)) {
        throw new LogException(file + " cannot be read: it has no value where one is needed");
      }
      return all;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static LogException unreadable(Path file, IOException e) {
    // Only the first line: the next ones quote the file.
    String why =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return new LogException(
        file + " cannot be read: " + PlainText.of(why.lines().findFirst().orElse("")));
  }

  /** Returns the verdict that was reported, if there was one. */
  public Optional<String> reportedStatus() {
    Path file = path.resolve("kcp").resolve("summary.json");
    try {
      return Files.isReadable(file)
          ? Optional.of(JSON.readTree(file.toFile()).at("/verdict/status").asText())
          : Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Returns whether the run wrote its facts. */
  public boolean hasFacts() {
    return Files.isReadable(factsFile());
  }

  private Path factsFile() {
    return path.resolve("kcp").resolve(FACTS);
  }

  /**
   * Reads the facts of the run.
   *
   * @throws LogException if they cannot be read, or were written by an incompatible version
   */
  public RunMetadata facts() {
    try {
      JsonNode facts = JSON.readTree(factsFile().toFile());
      if (facts.path("end").has("shed")) {
        throw new LogException(
            factsFile()
                + " was written by an earlier version of the suite, which counted dropped arrivals"
                + " otherwise: judge it with that version.");
      }
      RunMetadata read = JSON.treeToValue(facts, RunMetadata.class);
      FactsCheck.problem(read)
          .ifPresent(
              problem -> {
                throw new LogException(factsFile() + " cannot be judged: " + problem);
              });
      return read;
    } catch (IOException e) {
      throw unreadable(factsFile(), e);
    }
  }

  /** Deserializers that turn each text and each name into {@link PlainText}. */
  private static final class PlainTexts extends SimpleModule {
    private static final long serialVersionUID = 1;

    PlainTexts() {
      addDeserializer(
          String.class,
          new StdScalarDeserializer<String>(String.class) {
            private static final long serialVersionUID = 1;

            @Override
            public String deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
              String text = parser.getValueAsString();
              return text == null
                  ? (String) context.handleUnexpectedToken(String.class, parser)
                  : PlainText.of(text);
            }
          });
      addKeyDeserializer(
          String.class,
          new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
              return PlainText.of(key);
            }
          });
    }
  }
}
