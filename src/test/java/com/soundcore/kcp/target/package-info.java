/**
 * Where the load goes, before it goes there: the guard of production, the embedded backend's
 * process, the checks of the services, their data and this machine, and the removal of what a run
 * created.
 *
 * <p>Configuration, calls and a plan in; a table of what was checked out. It must not know Gatling,
 * nor send load.
 */
package com.soundcore.kcp.target;
