package com.soundcore.kcp.onboarding;

import com.soundcore.kcp.config.services.Feeder;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Service.Collection;
import java.util.ArrayList;
import java.util.List;

/** The filter values that a run requests from a list, such as each product category. */
final class AskedValues {
  private AskedValues() {}

  /**
   * A filter value that a run requests.
   *
   * @param field the row's field that holds the value
   * @param path the path that lists the rows with this value
   */
  record Asked(String field, String value, String path) {}

  /**
   * Returns all requested values, in the order of the feeder's lists.
   *
   * @param list the path of the list, without a query
   */
  static List<Asked> of(Service service, String list) {
    List<Asked> all = new ArrayList<>();
    for (Operation operation : service.operations().values()) {
      String[] parts = operation.path().split("\\?", 2);
      if (operation.method().equals("GET") && parts.length == 2 && parts[0].equals(list)) {
        for (String part : parts[1].split("&")) {
          add(service, operation.path(), part, all);
        }
      }
    }
    return all;
  }

  private static void add(Service service, String path, String part, List<Asked> all) {
    String name = part.replaceAll(".*=\\{(\\w+)}", "$1");
    if (service.feeder().values().get(name) instanceof Feeder.Texts texts) {
      for (String value : texts.texts()) {
        String one = Collection.page(path, 1, 0).replace("{" + name + "}", value);
        all.add(new Asked(part.replaceAll("=.*", ""), value, one));
      }
    }
  }
}
