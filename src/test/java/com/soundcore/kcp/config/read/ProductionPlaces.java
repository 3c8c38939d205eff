package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.ProductionPlace;
import com.soundcore.kcp.config.files.Environments;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** All that any environment's file marks as production. */
public final class ProductionPlaces {
  private static final String PRODUCTION = "kcp.environment.production";
  private static final String URLS = "kcp.environment.urls";

  private ProductionPlaces() {}

  /** The URLs of every environment that is production. */
  public static List<ProductionPlace> all() {
    List<ProductionPlace> places = new ArrayList<>();
    for (String name : Environments.names()) {
      Config environment = ConfigLoader.files(name);
      if (environment.hasPath(PRODUCTION) && environment.getBoolean(PRODUCTION)) {
        ConfigObject urls = environment.getObject(URLS);
        urls.values().stream()
            .map(url -> URI.create(String.valueOf(url.unwrapped()).strip()))
            .filter(url -> url.getHost() != null)
            .forEach(url -> places.add(new ProductionPlace(name, url)));
      }
    }
    return places;
  }
}
