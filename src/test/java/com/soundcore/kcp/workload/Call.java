package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.Operation;
import java.util.List;

/**
 * One call, ready to be sent.
 *
 * @param operation what is called
 * @param url where
 * @param body null for none
 * @param contains pieces that a right answer has
 */
public record Call(Operation operation, String url, String body, List<String> contains) {}
