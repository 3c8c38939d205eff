/** The auth service: users, and tokens (JWT) that are signed, verified and refreshed. */
package com.soundcore.kcp.backend.auth;
