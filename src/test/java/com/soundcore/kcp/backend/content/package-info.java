/** The content service: texts are "generated" from a template and kept in a bounded history. */
package com.soundcore.kcp.backend.content;
