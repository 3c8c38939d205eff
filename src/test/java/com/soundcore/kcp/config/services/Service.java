package com.soundcore.kcp.config.services;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service of the backend.
 *
 * @param name such as "knowledge"
 * @param operations its operations, by name
 * @param collect the collections of ids that its feeder draws from, by name
 * @param cleanup the calls that find and remove the rows of a run
 * @param feeder the mix of its operations and the values of their variables
 * @param target its limits
 */
public record Service(
    String name,
    Map<String, Operation> operations,
    Map<String, Collection> collect,
    Optional<Cleanup> cleanup,
    Feeder feeder,
    Target target) {

  /**
   * A list of rows whose ids are read page by page before a run.
   *
   * @param path a template with {page}, from 1, or {offset}, the number of rows before the page
   * @param array the response's key that holds the rows; not needed for a bare array
   * @param id the row's key that holds its id
   * @param total the response's key that holds the number of all rows
   * @param pages the maximum number of pages to read
   * @param atLeast the minimum number of rows for representative data
   * @param except texts that mark a row of an earlier load test
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
     * Returns the path of a page.
     *
     * @param path a template with {page} or {offset}
     * @param number the page's number, from 1
     * @param before the number of rows before the page
     */
    public static String page(String path, int number, long before) {
      return path.replace("{page}", String.valueOf(number))
          .replace("{offset}", String.valueOf(before));
    }
  }

  /**
   * The calls that find and remove the rows of a run.
   *
   * @param find a template with {run} that lists the rows of the run
   * @param array the response's key that holds the rows
   * @param id the row's key that holds its id
   * @param tags the row's key that holds its tags; only a row with the run's tag is removed
   * @param remove a template with {id}, for DELETE
   * @param status the status of a successful removal
   */
  public record Cleanup(
      String find, String array, String id, String tags, String remove, int status) {}
}
