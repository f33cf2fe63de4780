/** The 《工单完成确认单》: what was done, told to the customer on a page and a sheet (WX-1.4d). */
@NullMarked
package hotline.confirmation;

import org.jspecify.annotations.NullMarked;
