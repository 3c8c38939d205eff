/**
 * The support service: conversations, tickets, and a chat that answers from a template. The newest
 * rows come first. In memory, their number is bounded.
 */
package com.soundcore.kcp.backend.support;
