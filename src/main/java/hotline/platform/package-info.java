/** The engine, its clock, its identities and the web around it: nothing of the domain. */
@NullMarked
package hotline.platform;

import org.jspecify.annotations.NullMarked;
