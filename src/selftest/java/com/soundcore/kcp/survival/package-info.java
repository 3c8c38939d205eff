/**
 * What happens to a run when something happens to it: its system, its machine, the process itself
 * or the person who starts it. Each row of {@code matrix/faults.json} is a real event in a real
 * run, with the exit code and the words that are expected, what must be kept, and nothing left
 * behind.
 */
package com.soundcore.kcp.survival;
