package hotline.outage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One whom a duty phones: once reached told, else phoned again or given up with a reason. */
final class Contact {
  @Nullable Long id;
  final String code;
  final String name;
  final @Nullable String person;
  final @Nullable String phone;

  /** The caller's order, where the contact is a caller; name and number stay there. */
  final @Nullable String orderNumber;

  Standing standing = Standing.OPEN;
  final List<Attempt> attempts = new ArrayList<>();
  boolean changed = true;

  Contact(
      String code,
      String name,
      @Nullable String person,
      @Nullable String phone,
      @Nullable String orderNumber) {
    this.code = code;
    this.name = name;
    this.person = person;
    this.phone = phone;
    this.orderNumber = orderNumber;
  }

  /** The same contact for another telling. */
  Contact anew() {
    return new Contact(code, name, person, phone, orderNumber);
  }

  boolean isOpen() {
    return standing == Standing.OPEN;
  }

  enum Standing {
    OPEN("未通知到"),
    REACHED("已通知"),
    GIVEN_UP("联系不上");

    private final String label;

    Standing(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }
}
