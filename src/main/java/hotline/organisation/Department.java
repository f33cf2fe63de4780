package hotline.organisation;

import java.util.List;

/** A unit that handles orders, with the other names its regulation uses for it. */
public record Department(String code, String name, List<String> aliases) {}
