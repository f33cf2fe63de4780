package hotline.extension;

import org.jspecify.annotations.Nullable;

/** 告知客户延期: how the customer was told, with an apology (WX-1.4c). */
public record TellCustomer(@Nullable String note) {}
