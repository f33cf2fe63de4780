@NullMarked
package hotline.handbook.process;

import org.jspecify.annotations.NullMarked;
