/** How long the record of an order or an outage is kept, and how long its caller stands in it. */
@NullMarked
package hotline.retention;

import org.jspecify.annotations.NullMarked;
