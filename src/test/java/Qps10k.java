import com.soundcore.kcp.KcpSimulation;

/**
 * Does the backend hold 10,000 requests per second, each service at its own rate? Its shape stands
 * in {@code conf/tests.conf}.
 */
public final class Qps10k extends KcpSimulation {}
