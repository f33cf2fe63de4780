package hotline.organisation;

/** A part of the company's area that routing tells apart. */
public record District(String code, String name) {}
