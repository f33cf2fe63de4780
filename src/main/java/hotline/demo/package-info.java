/** A day of sample calls, for the demo profile only. */
@NullMarked
package hotline.demo;

import org.jspecify.annotations.NullMarked;
