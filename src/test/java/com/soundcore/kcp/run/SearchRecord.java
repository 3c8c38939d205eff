package com.soundcore.kcp.run;

import java.util.List;

/**
 * What a search for the highest rate did.
 *
 * @param answerRps the highest rate that was confirmed; null where there is none
 * @param brokenRps the lowest rate above it that broke twice; null where none did
 * @param levels every level, in order
 */
public record SearchRecord(Double answerRps, Double brokenRps, List<SearchLevel> levels) {}
