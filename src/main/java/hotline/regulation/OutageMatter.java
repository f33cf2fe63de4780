package hotline.regulation;

/**
 * What the duties of an outage depend on.
 *
 * @param occasion REPORTER asks who may report it, REPORT what the report brings, RESTORE what its
 *     end brings, ANOMALY who notes what the network's dispatch centre sees
 * @param effect SHUTOFF or REDUCED_PRESSURE
 * @param kind PLANNED or UNPLANNED
 * @param origin NETWORK, PLANT or BOOSTER_STATION
 * @param affectedPopulation people without supply
 * @param keyCustomers whether a key customer is among them
 * @param mainRoad whether the works stand in a main road
 */
public record OutageMatter(
    String occasion,
    String effect,
    String kind,
    String origin,
    int affectedPopulation,
    boolean keyCustomers,
    boolean mainRoad) {}
