/**
 * Everything that must be right before the load starts: no production by accident, services that
 * answer, data that is there, a generator that can make the load, a common start.
 *
 * <p>Each check is a line of a table, {@link com.soundcore.kcp.preflight.CheckResult}; where one
 * fails the run is refused with exit code 3, and no load was sent. The clean-up of what a run
 * created is here, too, since it uses the same calls.
 */
package com.soundcore.kcp.preflight;
