/** The regulation handbook: each article, the rows that carry it and the tests that prove it. */
@NullMarked
package hotline.handbook;

import org.jspecify.annotations.NullMarked;
