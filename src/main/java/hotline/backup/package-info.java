/** A copy of the H2 database while the product runs, and the refusal to start on a damaged one. */
@NullMarked
package hotline.backup;

import org.jspecify.annotations.NullMarked;
