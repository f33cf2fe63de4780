package hotline.workorder;

import java.util.List;

/**
 * An order as whoever looks it up at the Tasklist reads it, in words and without its telephone
 * numbers.
 *
 * @param title number, category, level and status
 * @param phone whether the person may be told the number to call
 * @param acts what the person may do for the customer, or with the record
 */
record OrderSheet(String number, String title, boolean phone, List<Part> parts, List<Act> acts) {

  record Part(String label, String text) {}

  /**
   * @param note what is to be written with it
   * @param must whether it is refused without
   */
  record Act(String code, String label, String note, boolean must) {}

  /** One order in a list. */
  record Line(String number, String title, String received, String customer, String place) {}
}
