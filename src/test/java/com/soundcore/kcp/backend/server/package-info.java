/**
 * The frame of each service: routes, health, metrics, and error answers. Planted faults take effect
 * here. A call is answered on the event loop if a database connection is free, else on a worker
 * thread. Metrics have the names of the Python client, and connections are kept alive.
 */
package com.soundcore.kcp.backend.server;
