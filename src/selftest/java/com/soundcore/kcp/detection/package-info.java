/**
 * Does the suite find what is there? Real faults in real runs of the embedded backend, each at
 * several services, and healthy runs in which nothing may be found.
 */
package com.soundcore.kcp.detection;
