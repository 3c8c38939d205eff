package com.soundcore.kcp.target;

import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.KcpConfig;
import java.util.ArrayList;
import java.util.List;

/** The configuration as the embedded backend's arguments: it knows nothing of the suite. */
public final class BackendCommandLine {
  private BackendCommandLine() {}

  public static List<String> of(KcpConfig config) {
    BackendOptions options = config.backend();
    List<String> arguments = new ArrayList<>();
    config
        .environment()
        .urls()
        .forEach((service, url) -> arguments.add("--port=" + service + "=" + url.getPort()));
    arguments.add("--seed=" + config.run().seed());
    arguments.add("--items=" + options.items());
    arguments.add("--products=" + options.products());
    arguments.add("--conversations=" + options.conversations());
    arguments.add("--tickets=" + options.tickets());
    arguments.add("--max-items=" + options.maxItems());
    arguments.add("--pool=" + (options.poolSize() + options.poolOverflow()));
    arguments.add("--pool-timeout-ms=" + options.poolTimeout().toMillis());
    if (options.dialect() == BackendOptions.Dialect.PLANNED) {
      arguments.add("--planned-dialect");
    }
    return arguments;
  }
}
