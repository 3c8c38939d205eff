import com.soundcore.kcp.KcpSimulation;

/** Does anything leak or slow down over a long time? Its shape is in {@code conf/tests.conf}. */
public final class Soak extends KcpSimulation {}
