package com.soundcore.kcp.live.calls;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.workload.LoadTime;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/**
 * Counter of connections that the server closed without an answer. Gatling retries such a call on a
 * new connection and logs one OK. Only its debug log mentions the retry. The same thread then opens
 * the new connection, and its address identifies the service.
 */
public final class ClosedConnections extends AppenderBase<ILoggingEvent> {
  private static final String CLIENT = "io.gatling.http.client.impl.DefaultHttpClient";
  private static final String RETRY = "Retrying with new HTTP/";
  private static final String OPENING = "Opening new channel to ";
  private static final String UNKNOWN = "";

  private final LoadTime time;
  private final Map<String, String> servicesByAddress = new HashMap<>();
  private final Map<Integer, String> servicesByPort = new HashMap<>();
  private final ThreadLocal<Integer> retries = ThreadLocal.withInitial(() -> 0);
  private final Map<String, Map<Integer, LongAdder>> counts = new ConcurrentHashMap<>();
  private Logger client;

  /**
   * @param urls by service
   */
  public ClosedConnections(LoadTime time, Map<String, URI> urls) {
    this.time = time;
    // Several services behind one address cannot be distinguished.
    new TreeMap<>(urls)
        .forEach(
            (service, url) -> {
              int port = portOf(url);
              servicesByAddress.merge(
                  addressOf(url.getHost(), port), service, ClosedConnections::both);
              servicesByPort.merge(port, service, ClosedConnections::both);
            });
  }

  private static String both(String one, String other) {
    return one + CountsBySecond.SHARED + other;
  }

  private static String addressOf(String host, int port) {
    return host.toLowerCase(Locale.ROOT) + ":" + port;
  }

  private static int portOf(URI url) {
    boolean secure = "https".equals(url.getScheme());
    return url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
  }

  /**
   * Begins to count. At this level the client's logger reports only connections: rarely, and at no
   * cost.
   */
  public void listen() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    setContext(context);
    start();
    client = context.getLogger(CLIENT);
    client.setLevel(Level.DEBUG);
    client.setAdditive(false);
    client.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String message = event.getMessage();
    if (message.startsWith(RETRY)) {
      retries.set(retries.get() + 1);
    } else if (message.startsWith(OPENING) && retries.get() > 0) {
      retries.set(retries.get() - 1);
      count(serviceOf(event.getArgumentArray()));
    } else if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      client.getLoggerContext().getLogger(Logger.ROOT_LOGGER_NAME).callAppenders(event);
    }
  }

  private void count(String service) {
    counts
        .computeIfAbsent(service, name -> new ConcurrentHashMap<>())
        .computeIfAbsent(time.second(), second -> new LongAdder())
        .increment();
  }

  private String serviceOf(Object[] arguments) {
    boolean known =
        arguments != null
            && arguments.length > 0
            && arguments[0] instanceof List<?> remotes
            && !remotes.isEmpty()
            && remotes.get(0) instanceof InetSocketAddress;
    if (!known) {
      return UNKNOWN;
    }
    InetSocketAddress address = (InetSocketAddress) ((List<?>) arguments[0]).get(0);
    // A host can be written in many ways, above all with IPv6. Then only its port identifies it.
    String ofItsPort = servicesByPort.getOrDefault(address.getPort(), UNKNOWN);
    return servicesByAddress.getOrDefault(
        addressOf(address.getHostString(), address.getPort()), ofItsPort);
  }

  /** Returns the counts so far. */
  public CountsBySecond bySecond() {
    Map<String, Map<Integer, Long>> all = new TreeMap<>();
    counts.forEach(
        (service, seconds) -> {
          Map<Integer, Long> bySecond = new TreeMap<>();
          seconds.forEach((second, count) -> bySecond.put(second, count.sum()));
          all.put(service, bySecond);
        });
    return new CountsBySecond(all);
  }
}
