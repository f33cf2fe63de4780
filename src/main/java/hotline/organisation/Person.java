package hotline.organisation;

import org.jspecify.annotations.Nullable;

/**
 * Somebody of a company who can be told something; the id is the one they log in with.
 *
 * @param department or, for those of the hotline's centre itself, the code of their role
 * @param leader leads the department
 */
public record Person(
    String id,
    String company,
    String displayName,
    @Nullable String department,
    boolean leader,
    @Nullable String email,
    @Nullable String phone,
    boolean active) {

  public boolean hasContact() {
    return email != null || phone != null;
  }
}
