/**
 * The two directions between work orders and the engine: what the process asks, what it is told.
 */
@NullMarked
package hotline.workorder.process;

import org.jspecify.annotations.NullMarked;
