/** The work order: its record, its time limits, and every command that may change it. */
@NullMarked
package hotline.workorder;

import org.jspecify.annotations.NullMarked;
