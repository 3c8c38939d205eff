package com.soundcore.kcp.config.services;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service of the backend.
 *
 * @param name such as "knowledge"
 * @param operations its calls by name
 * @param collect lists of ids that its feeder draws from, by name
 * @param cleanup how to find and remove what a run created there
 * @param feeder what its calls are filled with, and how they are mixed
 * @param target what it promises
 */
public record Service(
    String name,
    Map<String, Operation> operations,
    Map<String, Collection> collect,
    Optional<Cleanup> cleanup,
    Feeder feeder,
    Target target) {

  /**
   * Ids that are read page by page before a run.
   *
   * @param path a template with {page}, counted from 1, or {offset}, rows before the page
   * @param array the answer's key that holds the rows; a bare list of rows needs none
   * @param id the rows' key that holds the id
   * @param total the answer's key that holds the number of rows there are
   * @param pages how many pages to read at most
   * @param atLeast fewer rows in all are not representative data
   * @param except texts that mark a row which a load test has left
   */
  public record Collection(
      String path,
      String array,
      String id,
      String total,
      int pages,
      long atLeast,
      List<String> except) {

    /**
     * The path of a page.
     *
     * @param path a template with {page} or {offset}
     * @param number from 1
     * @param before rows on the pages before it
     */
    public static String page(String path, int number, long before) {
      return path.replace("{page}", String.valueOf(number))
          .replace("{offset}", String.valueOf(before));
    }
  }

  /**
   * How what a run created is found and removed.
   *
   * @param find a template with {run} that lists it
   * @param array the answer's key that holds the rows
   * @param id the rows' key that holds the id
   * @param tags the rows' key that holds their tags: only a row with the run's own is removed
   * @param remove a template with {id}, called with DELETE
   * @param status what a removal answers
   */
  public record Cleanup(
      String find, String array, String id, String tags, String remove, int status) {}
}
