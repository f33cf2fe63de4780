/** The engine, its clock, identity and security; nothing of the domain. */
@NullMarked
package hotline.platform;

import org.jspecify.annotations.NullMarked;
