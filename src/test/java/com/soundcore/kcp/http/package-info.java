/**
 * The suite's HTTP client: every call that is not the load itself goes through {@link
 * com.soundcore.kcp.http.Http}.
 *
 * <p>A call has one deadline from the name lookup to the last byte, a limit for its headers and for
 * its body as sent and as unpacked, and follows no redirect. A call that is cancelled closes its
 * connection. Tokens and key stores are read here, and so is what may stand in a URL as the id of a
 * row. The room does not know what is asked, or why.
 */
package com.soundcore.kcp.http;
