package com.soundcore.kcp.config;

import java.util.List;

/**
 * One of the seven tests, as written in tests.conf and not yet scaled.
 *
 * @param name such as "spike"
 * @param about the question that it answers
 * @param model how its levels are meant: concurrent users (closed) or requests per second (open)
 * @param workload the workload it runs unless another is asked for
 * @param stages one after the other, from nothing
 * @param asserts what Gatling asserts
 */
public record TestShape(
    String name, String about, Model model, String workload, List<Stage> stages, Asserts asserts) {}
