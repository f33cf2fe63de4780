/** Watches over the running product: health, figures, and orders that nobody would act on. */
@NullMarked
package hotline.watch;

import org.jspecify.annotations.NullMarked;
