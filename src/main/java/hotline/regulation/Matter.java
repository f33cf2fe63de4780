package hotline.regulation;

/**
 * What a call is about, as far as the tables ask: a text that was not given is "", a question not
 * answered is false, a count not given is one.
 */
public record Matter(
    String category,
    String subcategory,
    String district,
    String asset,
    String meterSide,
    String networkPart,
    boolean underWarranty,
    boolean urgent,
    boolean largeArea,
    boolean disturbsTraffic,
    boolean lawsuit,
    boolean mediaExposure,
    int jointComplainants,
    int customerRepeats,
    int complainantsInMonth,
    String departmentComplainedOf) {}
