/**
 * How a service behaves from second to second: what fails, how busy its workers are, when its
 * process stands still, what it remembers.
 */
package com.soundcore.kcp.truth.system;
