/** The two directions between outages and the engine. */
@NullMarked
package hotline.outage.process;

import org.jspecify.annotations.NullMarked;
