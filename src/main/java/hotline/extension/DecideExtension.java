package hotline.extension;

import org.jspecify.annotations.Nullable;

/** 审批延期: more time or not, with the reason. */
public record DecideExtension(@Nullable Boolean approved, @Nullable String reason) {}
