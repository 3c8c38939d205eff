/**
 * The OpenAPI document of a deployment. {@link ApiDocument} parses the text into routes, parameters
 * and schemas. {@link BodyBuilder} adapts request bodies to a schema, and {@link BodyCheck} lists
 * what is wrong with a body that does not fit. Names are compared without regard to case and word
 * separators.
 *
 * <p>Documents are JSON, OpenAPI 3.0 or 3.1. No class here sends a request.
 */
package com.soundcore.kcp.openapi;
