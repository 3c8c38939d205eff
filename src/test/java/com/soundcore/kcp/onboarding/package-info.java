/**
 * The first day on a deployment: {@code kcp init} looks at it and writes its environment file,
 * {@code kcp seed} fills it with representative data. Each ends with the next command to type.
 *
 * <p>Nothing here sends load: single calls, one after the other, at a bounded rate.
 */
package com.soundcore.kcp.onboarding;
