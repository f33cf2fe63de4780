/**
 * Limits and working days: when something promised to a customer is due, and why. Pure Java,
 * without Spring and without a clock of its own.
 */
@NullMarked
package hotline.calendar;

import org.jspecify.annotations.NullMarked;
