package com.soundcore.kcp.finding.shared;

import com.soundcore.kcp.config.FindingKind;
import java.util.List;

/**
 * Why services were slow or failed.
 *
 * @param kind of the finding
 * @param subject the resource whose it is, or the service
 * @param evidence sentences with numbers
 * @param services that it explains
 */
public record SharedCause(
    FindingKind kind, String subject, List<String> evidence, List<String> services) {}
