package com.soundcore.kcp.fleet;

import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.SharedToken;
import java.util.Map;

/** The secret that the conductor and its injectors share. */
final class FleetToken {
  /** The environment variable with the token. */
  static final String VARIABLE = "KCP_FLEET_TOKEN";

  private FleetToken() {}

  /**
   * Returns the Authorization header of each request.
   *
   * @throws Refusal if the token is missing or too short to be safe
   */
  static String authorization(Map<String, String> environment) {
    return "Bearer " + SharedToken.read(VARIABLE, environment, "conductor and injectors share it");
  }
}
