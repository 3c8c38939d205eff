/**
 * The first day on a deployment. {@code kcp init} surveys the services and writes an environment
 * file. If the services publish OpenAPI documents, the file also maps the suite's calls to their
 * routes. {@code kcp seed} fills the deployment with representative data. Each command ends with
 * the next command to type.
 *
 * <p>This package sends no load: its calls are sequential, and seeding has a bounded rate.
 */
package com.soundcore.kcp.onboarding;
