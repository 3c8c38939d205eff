package com.soundcore.kcp.config;

/**
 * The representative data that {@code kcp seed} creates in a deployment through its API.
 *
 * @param service the service whose API creates it
 * @param products the number of products
 * @param items the number of items
 * @param batch the number of items in one call
 * @param callsPerSecond the maximum call rate
 * @param tag the tag by which the items are found again
 * @param productPath the path on which POST creates a product and GET with a page lists products
 * @param batchPath the path on which POST creates several items
 * @param find the path that lists the items, with {tag} and {page}
 * @param remove the path for DELETE, with {id}
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
