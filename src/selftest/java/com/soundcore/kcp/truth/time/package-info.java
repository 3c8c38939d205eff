/**
 * Virtual time and chance: events in order, and random numbers whose streams do not touch each
 * other.
 */
package com.soundcore.kcp.truth.time;
