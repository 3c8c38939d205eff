/** The content service: texts are "generated" from a template, and remembered. */
package com.soundcore.kcp.backend.content;
