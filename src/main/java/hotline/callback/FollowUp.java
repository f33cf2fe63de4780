package hotline.callback;

import org.jspecify.annotations.Nullable;

/** 跟进不满意: a new instruction to the department, or the reason why nothing more is done. */
public record FollowUp(
    @Nullable String outcome,
    @Nullable String instruction,
    @Nullable String department,
    @Nullable String reason) {}
