package com.soundcore.kcp.config;

/**
 * Representative data that {@code kcp seed} puts into a deployment through its API.
 *
 * @param service whose API it is
 * @param products there shall be
 * @param items there shall be
 * @param batch items in one call
 * @param callsPerSecond at most
 * @param tag of each item, by which it is found again
 * @param productPath POST creates a product there, GET with a page lists them
 * @param batchPath POST creates items there
 * @param find a template with {tag} and {page} that lists the items
 * @param remove a template with {id}, called with DELETE
 */
public record SampleRows(
    String service,
    int products,
    int items,
    int batch,
    double callsPerSecond,
    String tag,
    String productPath,
    String batchPath,
    String find,
    String remove) {}
