/** The two directions between the watchdog and the engine. */
@NullMarked
package hotline.watch.process;

import org.jspecify.annotations.NullMarked;
