package hotline.watch;

import org.jspecify.annotations.Nullable;

/**
 * An open order or outage, and what it lacks.
 *
 * @param id by which the next page is found
 * @param lack null when somebody will act on it
 */
record Suspect(long id, String number, String company, @Nullable Lack lack) {}
