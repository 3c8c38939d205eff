/**
 * The analytics service: metrics about the calls of the other services, recomputed every half
 * second. Overview, users, content and search each have one endpoint. The values are read from the
 * stores of the other services. An unchanged value reuses the JSON of the last answer.
 */
package com.soundcore.kcp.backend.analytics;
