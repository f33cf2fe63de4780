package hotline.regulation;

/** What the company's intake table says of a category: its label, its questions, its guidance. */
public record IntakeRule(
    String label,
    String subcategoryLabel,
    String questions,
    String guidance,
    String gisAssets,
    int rank,
    String answerNeeds,
    String tellAtOnce,
    String article,
    String basis) {

  /**
   * Whether the order is also dispatched in the GIS network system.
   *
   * @param asset the asset of the contract, or "" when the caller named none (YF-8b)
   */
  public boolean needsGis(String asset) {
    return Words.of(gisAssets).contains(asset.isEmpty() ? "UNKNOWN" : asset);
  }
}
