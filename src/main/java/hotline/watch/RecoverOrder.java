package hotline.watch;

import org.jspecify.annotations.Nullable;

/** 处理无人负责的工单: whether it goes on where it stood, is dispatched anew, or is closed. */
public record RecoverOrder(@Nullable String outcome, @Nullable String reason) {}
