/** Where the demo day moves the engine. */
@NullMarked
package hotline.demo.process;

import org.jspecify.annotations.NullMarked;
