import com.soundcore.kcp.KcpSimulation;

/**
 * Which rate is the highest at which every target still holds? Its shape is in {@code
 * conf/tests.conf}.
 */
public final class Breakpoint extends KcpSimulation {}
