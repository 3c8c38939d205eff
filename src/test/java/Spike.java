import com.soundcore.kcp.KcpSimulation;

/**
 * Does the backend survive ten times the users within ten seconds, and how fast does it recover?
 * Its shape is in {@code conf/tests.conf}.
 */
public final class Spike extends KcpSimulation {}
