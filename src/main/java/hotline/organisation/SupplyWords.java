package hotline.organisation;

/**
 * How a company speaks of its supply.
 *
 * @param shutoff a supply that is shut off: 停水
 * @param reduced one with less pressure or heat: 减压供水
 * @param restored its return: 恢复供水
 * @param advice what customers are told to do when it returns, or ""
 */
public record SupplyWords(String shutoff, String reduced, String restored, String advice) {

  /** What people call an outage with that effect, SHUTOFF or REDUCED_PRESSURE. */
  public String effect(String code) {
    return code.equals("SHUTOFF") ? shutoff : reduced;
  }
}
