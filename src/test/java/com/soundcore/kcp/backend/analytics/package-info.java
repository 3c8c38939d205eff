/**
 * The analytics service: figures over what the other services did, recomputed every half second.
 */
package com.soundcore.kcp.backend.analytics;
