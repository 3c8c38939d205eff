/**
 * The frame of each service: routes, health, metrics, error answers, and the place where a planted
 * fault takes effect.
 */
package com.soundcore.kcp.backend.server;
