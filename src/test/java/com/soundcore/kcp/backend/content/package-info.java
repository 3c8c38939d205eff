/**
 * The content service: texts are "generated" from a template without calling a model. The templates
 * are fixed. Each generated text is a fixed sentence about the prompt, so it costs little. The
 * history keeps the newest 1,000 texts and shows 20.
 */
package com.soundcore.kcp.backend.content;
