/** Typed questions to the decision tables, and the article that each answer comes from. */
@NullMarked
package hotline.regulation;

import org.jspecify.annotations.NullMarked;
