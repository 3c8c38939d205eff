/**
 * The suite's HTTP client. Every call outside the load goes through {@link Http}.
 *
 * <p>One deadline covers a call from the name lookup to the last byte. The sizes of the headers, of
 * the body on the wire and of the decompressed body are limited. Redirects are not followed, and a
 * cancelled call closes its connection. The package also reads tokens and key stores, and validates
 * row ids before they become part of a URL. It does not know what the calls are for.
 */
package com.soundcore.kcp.http;
