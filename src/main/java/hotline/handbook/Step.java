package hotline.handbook;

import java.util.Set;

/** One task of a deployed diagram, and the milestones by which it is due. */
public record Step(String id, String diagram, String name, Set<String> milestones) {}
