/** Outages, planned and unplanned: their duties, whom they concern, what the public may know. */
@NullMarked
package hotline.outage;

import org.jspecify.annotations.NullMarked;
