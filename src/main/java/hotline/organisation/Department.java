package hotline.organisation;

import java.util.List;

/**
 * A unit that handles orders, with the other names its regulation uses for it.
 *
 * @param parent the division that sees and supervises it, or "" (RQ-9)
 * @param connected whether its people work in this system; for another the centre enters what its
 *     named person answers in writing (RL-3.5)
 */
public record Department(
    String code, String name, List<String> aliases, String parent, boolean connected) {}
