package hotline.organisation;

import org.jspecify.annotations.Nullable;

/**
 * Those who do one work in one company: a role, a department's members, or its leaders.
 *
 * @param department the department's code, null for a role
 */
public record Group(
    String id,
    String company,
    String name,
    @Nullable Role role,
    @Nullable String department,
    boolean leaders) {}
