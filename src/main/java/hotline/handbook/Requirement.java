package hotline.handbook;

/**
 * One demand of a regulation, in its order of articles; {@code later} names the work to which it
 * belongs when that is still to come, {@code laterPart} only what of it is.
 */
record Requirement(
    String id, String company, String article, String demand, String later, String laterPart) {
  private static final String EVERY_COMPANY = "all";

  boolean bindsCompany(String id) {
    return company.equals(id) || company.equals(EVERY_COMPANY);
  }

  boolean isLater() {
    return !later.isEmpty();
  }
}
