package hotline.notice;

/** A channel was tried, and what came of it. */
public record NoticeAttempted(Channel channel, String outcome) {}
