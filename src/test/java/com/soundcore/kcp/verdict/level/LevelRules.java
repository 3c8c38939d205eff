package com.soundcore.kcp.verdict.level;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Factory of the level rule from the configuration. */
public final class LevelRules {
  private LevelRules() {}

  /**
   * Creates the rule.
   *
   * @param services that get load
   */
  public static LevelRule of(KcpConfig config, Collection<String> services) {
    Map<String, Target> targets = new TreeMap<>();
    Map<String, List<String>> operations = new TreeMap<>();
    for (String name : services) {
      Service service = config.allServices().get(name);
      targets.put(name, service.target());
      operations.put(name, List.copyOf(service.operations().keySet()));
    }
    return new LevelRule(
        targets,
        operations,
        (int) config.gates().settle().toSeconds(),
        config.run().rateTolerance(),
        config.findings().backlog(),
        config.findings().levelSamples(),
        config.gates().confidence());
  }
}
