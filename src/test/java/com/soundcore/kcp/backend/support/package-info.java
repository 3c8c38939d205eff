/** The support service: tickets and a chat that answers from a template. */
package com.soundcore.kcp.backend.support;
