import com.soundcore.kcp.KcpSimulation;

/**
 * Does the backend hold its targets under the load of a normal and of a busy day? Its shape stands
 * in {@code conf/tests.conf}.
 */
public final class Load extends KcpSimulation {}
