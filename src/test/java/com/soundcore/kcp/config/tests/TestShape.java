package com.soundcore.kcp.config.tests;

import java.util.List;
import java.util.Optional;

/**
 * One of the seven tests, as written in tests.conf, before scaling.
 *
 * @param name such as "spike"
 * @param about the question that it answers
 * @param model the unit of its levels: concurrent users (closed) or requests per second (open)
 * @param workload the workload, unless the run replaces it
 * @param stages the stages in order, from zero load
 * @param asserts the requirements
 * @param search the search, if the load follows the measurements; with several injectors, which
 *     cannot follow a common measurement, the stages run instead
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
   * Returns a shape with one stage at the highest level for the longest search. The search thins
   * this load.
   *
   * @param scaled the search after scaling
   */
  public TestShape searching(Search scaled) {
    Search of = search.orElseThrow();
    Stage all = new Stage("search", of.ceiling(), of.ceiling(), of.longest(), scaled.longest());
    return new TestShape(name, about, model, workload, List.of(all), asserts, search);
  }
}
