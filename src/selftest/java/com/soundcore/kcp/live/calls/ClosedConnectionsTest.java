package com.soundcore.kcp.live.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.workload.LoadTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose connection was closed, by what Gatling's client writes to its debug log. */
class ClosedConnectionsTest {
  private static final Logger CLIENT =
      LoggerFactory.getLogger("io.gatling.http.client.impl.DefaultHttpClient");

  private static CountsBySecond after(Map<String, String> urls, String host, int port)
      throws Exception {
    Map<String, URI> uris = new HashMap<>();
    urls.forEach((service, url) -> uris.put(service, URI.create(url)));
    ClosedConnections closed = new ClosedConnections(new LoadTime(), uris);
    closed.listen();
    CLIENT.debug("Retrying with new HTTP/1.1 connection");
    InetAddress address =
        InetAddress.getByAddress(host, InetAddress.getLoopbackAddress().getAddress());
    CLIENT.debug("Opening new channel to {}", List.of(new InetSocketAddress(address, port)));
    // One that no retry asked for is not counted.
    CLIENT.debug("Opening new channel to {}", List.of(new InetSocketAddress(address, port)));
    return closed.bySecond();
  }

  @Test
  void itsHostAndItsPortNameTheService() throws Exception {
    Map<String, String> urls =
        Map.of("auth", "http://auth.kcp:80", "content", "http://content.kcp");
    assertThat(after(urls, "content.kcp", 80).total("content")).isEqualTo(1);
    assertThat(after(urls, "auth.kcp", 80).total("auth")).isEqualTo(1);
  }

  @Test
  void behindOneAddressItMayBeAnyOfItsServices() throws Exception {
    Map<String, String> urls =
        Map.of("auth", "https://api.kcp", "content", "https://api.kcp", "support", "http://s:80");
    CountsBySecond closed = after(urls, "api.kcp", 443);
    assertThat(closed.total("auth")).isZero();
    assertThat(closed.perhaps("auth", 0, 1_000_000)).isEqualTo(1);
    assertThat(closed.perhaps("content", 0, 1_000_000)).isEqualTo(1);
    assertThat(closed.perhaps("support", 0, 1_000_000)).isZero();
  }

  @Test
  void aHostThatIsWrittenOtherwiseIsKnownByItsPort() throws Exception {
    Map<String, String> urls = Map.of("auth", "http://[::1]:8005", "content", "http://[::1]:8002");
    assertThat(after(urls, "0:0:0:0:0:0:0:1", 8005).total("auth")).isEqualTo(1);
  }
}
