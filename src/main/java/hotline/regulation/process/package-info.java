/** Where the decision tables are asked: the engine. */
@NullMarked
package hotline.regulation.process;

import org.jspecify.annotations.NullMarked;
