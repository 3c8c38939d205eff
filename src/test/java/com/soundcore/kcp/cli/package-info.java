/**
 * The {@code kcp} command, for everything around a run: initialise an environment, seed it, check
 * it, run a test, judge, merge, compare and clean up. Arguments go in, and an exit code comes out:
 * that of the verdict, if there is one. Errors are printed as sentences that say what to do. The
 * work itself is done by the other packages.
 */
package com.soundcore.kcp.cli;
