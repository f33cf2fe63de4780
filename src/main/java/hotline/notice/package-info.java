/** Tells people: the outbox of notices and the channels that carry them. */
@NullMarked
package hotline.notice;

import org.jspecify.annotations.NullMarked;
