package com.soundcore.kcp.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.http.CallPacer;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.http.RowId;
import com.soundcore.kcp.run.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The clean-up of a run: removes the rows with its tag. */
public final class Cleanup {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RUN = Pattern.compile("kcp-[a-z0-9]+-\\d{8}-\\d{6}-[0-9a-f]{4}");

  private final KcpConfig config;
  private final Http http;

  public Cleanup(KcpConfig config, Http http) {
    this.config = config;
    this.http = http;
  }

  /**
   * Removes the rows after the verdict. Errors become part of the returned sentence and do not
   * propagate.
   */
  public String afterRun(String run) {
    try {
      return deleteRowsOf(run);
    } catch (RuntimeException broken) {
      return "Cleanup did not end: " + broken + ". Later: " + SuiteCommand.kcp("cleanup " + run);
    }
  }

  /**
   * Removes the rows of a run and returns the outcome as a sentence.
   *
   * @param run the run's tag
   * @throws Refusal if the tag is not valid
   */
  public String deleteRowsOf(String run) {
    mustBeTag(run);
    long removed = 0;
    List<String> problems = new ArrayList<>();
    for (Service service : config.services()) {
      if (service.cleanup().isPresent()) {
        removed += clean(service, service.cleanup().get(), run, problems);
      }
    }
    String done = "Cleanup: %,d rows tagged %s removed".formatted(removed, run);
    return problems.isEmpty() ? done + "." : done + "; " + String.join("; ", problems) + ".";
  }

  private static void mustBeTag(String run) {
    if (!RUN.matcher(run).matches()) {
      throw new Refusal(
          "'%s' is no run's tag; it must look like kcp-load-20260131-235959-1a2b".formatted(run));
    }
  }

  /**
   * Returns the number of rows that the services list for a run. Without a total in the response,
   * only the first page counts.
   *
   * @throws Refusal if the tag is not valid
   */
  public long count(String run) {
    mustBeTag(run);
    return config.services().stream()
        .filter(service -> service.cleanup().isPresent())
        .mapToLong(service -> count(service, service.cleanup().get(), run))
        .sum();
  }

  private long count(Service service, Service.Cleanup cleanup, String run) {
    Answer answer = http.call("GET", find(service, cleanup, run), null);
    try {
      JsonNode list = JSON.readTree(answer.body());
      return list.path("total").asLong(list.path(cleanup.array()).size());
    } catch (JsonProcessingException notJson) {
      return 0;
    }
  }

  private String find(Service service, Service.Cleanup cleanup, String run) {
    return config.environment().urls().get(service.name()) + cleanup.find().replace("{run}", run);
  }

  private long clean(Service service, Service.Cleanup cleanup, String run, List<String> problems) {
    String base = config.environment().urls().get(service.name()).toString();
    String find = find(service, cleanup, run);
    CallPacer rate = new CallPacer(config.run().cleanupPerSecond());
    Progress progress =
        new Progress(
            "rows removed", Math.max(1, count(service, cleanup, run)), System.out::println);
    Set<String> removed = new HashSet<>();
    while (true) {
      List<String> ids = ids(http.call("GET", find, null), cleanup, run, find, problems);
      if (ids.isEmpty()) {
        return removed.size();
      }
      for (String id : ids) {
        String url = base + cleanup.remove().replace("{id}", id);
        rate.await();
        Answer answer = http.call("DELETE", url, null);
        if (answer.status() != cleanup.status()) {
          problems.add("DELETE " + url + " answered " + answer.status() + " " + answer.body());
          return removed.size();
        }
        if (!removed.add(id)) {
          problems.add(
              "DELETE " + url + " answered " + answer.status() + ", but it is still there");
          return removed.size() - 1L;
        }
        progress.at(removed.size());
      }
    }
  }

  private static List<String> ids(
      Answer answer, Service.Cleanup cleanup, String run, String url, List<String> problems) {
    List<String> ids = new ArrayList<>();
    if (answer.status() != 200) {
      problems.add("GET " + url + " answered " + answer.status() + " " + answer.body());
      return ids;
    }
    try {
      for (JsonNode row : JSON.readTree(answer.body()).path(cleanup.array())) {
        if (!RowId.isTagged(row.path(cleanup.tags()), run)) {
          problems.add("GET " + url + " listed a row without the tag; nothing more was removed");
          return List.of();
        }
        JsonNode id = row.path(cleanup.id());
        Optional<String> one = RowId.of(id);
        if (one.isEmpty()) {
          problems.add(
              "GET %s listed a row whose %s is '%s', which is no id of one row; nothing more was removed"
                  .formatted(url, cleanup.id(), CheckResult.shown(id.asText())));
          return List.of();
        }
        ids.add(one.get());
      }
    } catch (JsonProcessingException e) {
      problems.add("GET " + url + " answered no JSON");
    }
    return ids;
  }
}
