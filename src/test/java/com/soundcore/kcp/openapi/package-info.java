/**
 * What a deployment says that it serves: its OpenAPI document, read into routes, parameters and
 * schemas; request bodies that fit a schema, and what is wrong with those that do not.
 *
 * <p>Documents in JSON, OpenAPI 3.0 and 3.1. Nothing here calls anybody.
 */
package com.soundcore.kcp.openapi;
