package hotline.organisation;

/**
 * How a company speaks of its supply.
 *
 * @param shutoff a supply that is shut off: 停水
 * @param reduced one with less pressure or heat: 减压供水
 * @param restored its return: 恢复供水
 */
public record SupplyWords(String shutoff, String reduced, String restored) {}
