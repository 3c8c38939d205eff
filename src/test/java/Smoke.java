import com.soundcore.kcp.KcpSimulation;

/** Does everything answer, and answer correctly? Its shape is in {@code conf/tests.conf}. */
public final class Smoke extends KcpSimulation {}
