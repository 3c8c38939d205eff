/**
 * The {@code kcp} command: what is done beside a run. Arguments in, an exit code out; the work is
 * done by the other rooms.
 */
package com.soundcore.kcp.cli;
