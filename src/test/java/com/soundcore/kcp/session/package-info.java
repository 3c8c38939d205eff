/**
 * The identity of the virtual users. There are four kinds: no authentication, one bearer token,
 * several tokens from a file, and users that sign in before the load. The file is read repeatedly,
 * because its tokens may be rotated. Signed-in users renew their tokens before expiry. Secrets come
 * from the environment or from files that it names, and are never printed.
 */
package com.soundcore.kcp.session;
