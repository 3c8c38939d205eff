package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operations of a run by number; those of a service follow each other. */
public final class Operations {
  private final List<String> services = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();
  private final int[] serviceOf;
  private final Map<String, Integer> first = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final String[][] messages;
  private final boolean[] creates;

  public Operations(TrafficMix mix) {
    for (TrafficMix.Part part : mix.parts()) {
      String service = part.service().name();
      first.put(service, operations.size());
      for (String name : part.operations()) {
        Operation operation = part.service().operations().get(name);
        numbers.put(operation.fullName(), operations.size());
        operations.add(operation);
      }
      services.add(service);
    }
    serviceOf = operations.stream().mapToInt(o -> services.indexOf(o.service())).toArray();
    messages = new String[operations.size()][];
    creates = new boolean[operations.size()];
    for (int i = 0; i < messages.length; i++) {
      creates[i] = operations.get(i).name().equals("create");
      int right = operations.get(i).status();
      messages[i] =
          new String[] {"status, 500 in place of " + right, "status, 503 in place of " + right};
    }
  }

  int count() {
    return operations.size();
  }

  public Operation get(int number) {
    return operations.get(number);
  }

  /** In the order of their numbers. */
  public List<String> services() {
    return services;
  }

  public int serviceOf(int operation) {
    return serviceOf[operation];
  }

  int number(String service, String operation) {
    return numbers.get(service + " / " + operation);
  }

  /** The number of a service's first operation. */
  public int first(String service) {
    return first.get(service);
  }

  /** The names of a service's operations, in the order of their numbers. */
  public List<String> of(String service) {
    return operations.stream()
        .filter(operation -> operation.service().equals(service))
        .map(Operation::name)
        .toList();
  }

  /** Whether a call of it leaves a row behind. */
  public boolean creates(int operation) {
    return creates[operation];
  }

  /** The message of a call that was answered with that status, 500 or 503. */
  public String status(int operation, int status) {
    return messages[operation][status == 500 ? 0 : 1];
  }
}
