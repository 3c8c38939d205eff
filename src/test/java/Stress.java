import com.soundcore.kcp.KcpSimulation;

/**
 * Where does the backend start to degrade, and does it come back? Its shape is in {@code
 * conf/tests.conf}.
 */
public final class Stress extends KcpSimulation {}
