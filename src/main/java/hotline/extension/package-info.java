@NullMarked
package hotline.extension;

import org.jspecify.annotations.NullMarked;
