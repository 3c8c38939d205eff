/**
 * The auth service: users, and tokens (JWT) that are signed, verified and refreshed. Access tokens
 * are valid for 30 minutes, refresh tokens for 7 days. Their key is generated at each start. The
 * service accepts any user and any password, as the current one does.
 */
package com.soundcore.kcp.backend.auth;
