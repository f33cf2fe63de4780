package hotline.notice;

/**
 * A person must phone: published once for each PHONE notice, in the transaction that hands it over.
 */
public record PhoneCallNeeded(
    long id, String company, String orderNumber, int round, Purpose purpose, String receiverName) {}
