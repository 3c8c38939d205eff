/**
 * How much load there is, and when: the shapes of the tests as exact plans and as Gatling's
 * injection steps.
 *
 * <p>A test's stages, the scales and the mix in; arrivals, users and the planned rate at any second
 * out, for the whole and for one injector's share. It must not know HTTP.
 */
package com.soundcore.kcp.injection;
