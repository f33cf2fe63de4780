@NullMarked
package hotline.callback;

import org.jspecify.annotations.NullMarked;
