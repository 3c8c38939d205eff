/**
 * Several injectors that act as one: a conductor that they join over HTTP, which lets them start in
 * the same moment, hears of each of them every second, stops all of them, and gets their models at
 * the end. It knows nothing of verdicts.
 */
package com.soundcore.kcp.fleet;
