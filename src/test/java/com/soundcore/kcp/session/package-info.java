/**
 * Who the virtual users are: nobody, one bearer token, several tokens of a file that is read again,
 * or users that sign in before the load and again before their tokens end.
 *
 * <p>Secrets come from the environment or from files that it names; none is ever shown.
 */
package com.soundcore.kcp.session;
