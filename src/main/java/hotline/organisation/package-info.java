/** Who the companies are: departments, districts, groups, people and who is on duty. */
@NullMarked
package hotline.organisation;

import org.jspecify.annotations.NullMarked;
