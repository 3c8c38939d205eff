package com.soundcore.kcp.config.tests;

import java.util.List;
import java.util.Optional;

/**
 * One of the seven tests, as written in tests.conf and not yet scaled.
 *
 * @param name such as "spike"
 * @param about the question that it answers
 * @param model how its levels are meant: concurrent users (closed) or requests per second (open)
 * @param workload the workload it runs unless another is asked for
 * @param stages one after the other, from nothing
 * @param asserts what Gatling asserts
 * @param search where its load follows what is measured; its stages are those of machines that
 *     share the load, since they cannot
 */
public record TestShape(
    String name,
    String about,
    Model model,
    String workload,
    List<Stage> stages,
    Asserts asserts,
    Optional<Search> search) {

  /**
   * The same at its highest level, for as long as the search may take: the load is thinned.
   *
   * @param scaled its search as it will run
   */
  public TestShape searching(Search scaled) {
    Search of = search.orElseThrow();
    Stage all = new Stage("search", of.ceiling(), of.ceiling(), of.longest(), scaled.longest());
    return new TestShape(name, about, model, workload, List.of(all), asserts, search);
  }
}
