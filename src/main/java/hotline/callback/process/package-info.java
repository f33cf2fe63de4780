@NullMarked
package hotline.callback.process;

import org.jspecify.annotations.NullMarked;
