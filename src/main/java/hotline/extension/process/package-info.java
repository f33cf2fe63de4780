@NullMarked
package hotline.extension.process;

import org.jspecify.annotations.NullMarked;
