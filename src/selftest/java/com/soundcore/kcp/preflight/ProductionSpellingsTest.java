package com.soundcore.kcp.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.ProductionPlace;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.run.Refusal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sixty ways to write production's URL in another environment's file: none gets through. */
class ProductionSpellingsTest {
  private static final List<ProductionPlace> PLACES =
      List.of(
          new ProductionPlace("live", URI.create("https://kcp.live.invalid:8443")),
          new ProductionPlace("live", URI.create("https://gate.live.invalid/prod")),
          new ProductionPlace("live", URI.create("https://xn--prodktion-45a.invalid")),
          new ProductionPlace("live", URI.create("http://10.0.0.7:8001")),
          new ProductionPlace("live", URI.create("http://[2001:db8::7]:8001")));

  private enum Outcome {
    GETS_THROUGH,
    RECOGNISED,
    REFUSED
  }

  /** As every command does: reads the file, then asks the guard. */
  private static Outcome of(String url, List<ProductionPlace> places) {
    String host = url.replaceAll("^[a-zA-Z]+://(?:[^@/]*@)?(\\[[^\\]]*]|[^:/?#]*).*$", "$1");
    String text =
        """
        kcp.services = [auth]
        kcp.environment {
          about = "another", production = false, starts-backend = false
          hosts = ["%s"], urls { auth = "%s" }
        }
        """
            .formatted(host, url);
    try {
      KcpConfig config = ConfigLoader.withEnvironment("other", text);
      return ProductionGuard.placeOf(config.environment(), () -> places).isPresent()
          ? Outcome.RECOGNISED
          : Outcome.GETS_THROUGH;
    } catch (ConfigException | Refusal refused) {
      return Outcome.REFUSED;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://kcp.live.invalid:8443",
        "https://KCP.LIVE.INVALID:8443",
        "https://Kcp.Live.Invalid:8443/",
        "https://kcp.live.invalid.:8443",
        "https://kcp.live.invalid:08443",
        "https://kcp.live.invalid:8443/api",
        "https://kcp.live.invalid:8443/api/../v1",
        "https://kcp.live.invalid:8443//",
        "http://kcp.live.invalid:8443",
        "HTTPS://kcp.live.invalid:8443",
        "https://user@kcp.live.invalid:8443",
        "https://user:word@kcp.live.invalid:8443",
        "https://kcp.live.invalid:8443@kcp.live.invalid:8443",
        "https://kcp%2Elive.invalid:8443",
        "https://%6bcp.live.invalid:8443",
        "https://kcp.live.invalid%2e:8443",
        "https://kcp.live.invalid:8443?x=1",
        "https://kcp.live.invalid:8443#x",
        "https://kcp.live.invalid:8443/.",
        "https://kcp.live.invalid:8443/%2e%2e/",
        "https://kcp。live。invalid:8443",
        "https://ｋcp.live.invalid:8443",
        "https://gate.live.invalid/prod",
        "https://gate.live.invalid:443/prod",
        "https://gate.live.invalid:/prod",
        "http://gate.live.invalid:80/prod",
        "http://gate.live.invalid/prod",
        "https://gate.live.invalid",
        "https://gate.live.invalid/",
        "https://gate.live.invalid/prod/",
        "https://gate.live.invalid//prod",
        "https://gate.live.invalid/./prod",
        "https://gate.live.invalid/staging/../prod",
        "https://gate.live.invalid/%70rod",
        "https://gate.live.invalid/%2570rod",
        "https://gate.live.invalid/staging/%2e%2e/prod",
        "https://gate.live.invalid/staging/%2E./prod",
        "https://gate.live.invalid/staging/%252e%252e/prod",
        "https://gate.live.invalid/staging%2f..%2fprod",
        "https://gate.live.invalid/PROD",
        "https://gate.live.invalid/prod;v=1",
        "https://gate.live.invalid/prod/auth",
        "https://gate.live.invalid/../prod",
        "https://xn--prodktion-45a.invalid",
        "https://XN--PRODKTION-45A.invalid",
        "https://prodüktion.invalid",
        "http://10.0.0.7:8001",
        "https://10.0.0.7:8001",
        "http://10.0.0.7.:8001",
        "http://[::ffff:10.0.0.7]:8001",
        "http://[::FFFF:0a00:0007]:8001",
        "http://[0:0:0:0:0:ffff:a00:7]:8001",
        "http://[::10.0.0.7]:8001",
        "http://[64:ff9b::10.0.0.7]:8001",
        "http://[2002:a00:7::1]:8001",
        "http://167772167:8001",
        "http://0x0a000007:8001",
        "http://0xa.0.0.7:8001",
        "http://012.0.0.7:8001",
        "http://10.7:8001",
        "http://010.000.000.007:8001",
        "http://[2001:db8::7]:8001",
        "http://[2001:0DB8:0:0:0:0:0:0007]:8001",
        "http://[2001:db8::7%25eth0]:8001"
      })
  void productionIsProductionByEverySpelling(String url) {
    assertThat(of(url, PLACES)).as(url).isNotEqualTo(Outcome.GETS_THROUGH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://kcp.staging.invalid:8443",
        "https://kcp.live.invalid:9443",
        "https://gate.live.invalid/staging",
        "https://gate.live.invalid/production",
        "https://gate.live.invalid/prod/../staging",
        "http://10.0.0.8:8001",
        "http://[2001:db8::8]:8001",
        "http://127.0.0.1:8001"
      })
  void anotherPlaceGetsThrough(String url) {
    assertThat(of(url, PLACES)).as(url).isEqualTo(Outcome.GETS_THROUGH);
  }

  @Test
  void aNameThatResolvesToTheSameAddressIsProduction() throws UnknownHostException {
    InetAddress here = InetAddress.getLocalHost();
    assumeTrue(here.getHostName().matches("[a-z][a-z0-9.-]*"), "needs a host name that resolves");
    String address = here.getHostAddress().contains(":") ? "[::1]" : here.getHostAddress();
    ProductionPlace place =
        new ProductionPlace("live", URI.create("http://%s:8001".formatted(address)));
    assertThat(of("http://%s:8001".formatted(here.getHostName()), List.of(place)))
        .isEqualTo(Outcome.RECOGNISED);
  }
}
