package com.soundcore.kcp.finding.shared;

import com.soundcore.kcp.config.FindingKind;
import java.util.List;

/**
 * A cause behind slow or failing services.
 *
 * @param kind of the finding
 * @param subject the resource, or the service, that has the problem
 * @param evidence sentences with numbers
 * @param services the services that the cause explains
 */
public record SharedCause(
    FindingKind kind, String subject, List<String> evidence, List<String> services) {}
