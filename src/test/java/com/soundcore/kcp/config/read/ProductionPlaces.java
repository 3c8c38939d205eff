package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.ProductionPlace;
import com.soundcore.kcp.config.files.Environments;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** The URLs that any environment file marks as production. */
public final class ProductionPlaces {
  private static final String PRODUCTION = "kcp.environment.production";
  private static final String URLS = "kcp.environment.urls";

  private ProductionPlaces() {}

  /**
   * Returns the URLs of all production environments.
   *
   * @throws ConfigException if a file cannot be read, because it may mark production
   */
  public static List<ProductionPlace> all() {
    List<ProductionPlace> places = new ArrayList<>();
    for (String name : Environments.names()) {
      Config environment = read(name);
      if (environment.hasPath(PRODUCTION) && environment.getBoolean(PRODUCTION)) {
        ConfigObject urls = environment.getObject(URLS);
        urls.values().stream()
            .map(url -> url(name, String.valueOf(url.unwrapped()).strip()))
            .forEach(url -> places.add(new ProductionPlace(name, url)));
      }
    }
    return places;
  }

  /** A URL that cannot be compared would be production that the guard does not recognise. */
  private static URI url(String environment, String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException notAUrl) {
      // An invalid URL is reported below.
    }
    throw new ConfigException(
        List.of(
            "conf/%s marks production, and one of its URLs cannot be compared; must be a URL such as https://kcp.example:8001"
                .formatted(Environments.file(environment))));
  }

  private static Config read(String name) {
    try {
      return ConfigLoader.files(name);
    } catch (com.typesafe.config.ConfigException unreadable) {
      throw new ConfigException(
          List.of(
              "conf/%s cannot be read, and it may mark production: %s"
                  .formatted(Environments.file(name), unreadable.getMessage())));
    }
  }
}
