/**
 * The checks before the load. They keep load off production, and check that the services respond
 * correctly, that their data is representative, and that this machine can generate the load. They
 * also start all injectors at the same time.
 *
 * <p>Each check is a line of a table ({@link CheckResult}). If a check fails, the run is refused
 * with exit code 3 before any load is sent. The package also removes the rows that a run created,
 * because the clean-up uses the same HTTP client.
 */
package com.soundcore.kcp.preflight;
