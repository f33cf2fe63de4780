package hotline.platform;

/** Marks a bean whose public methods the models may ask in an expression. */
public interface ForModels {}
