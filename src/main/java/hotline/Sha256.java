package hotline;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that every Java has; its checked exception ends here. */
public final class Sha256 {
  private Sha256() {}

  /** Thirty-two bytes. */
  public static byte[] of(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
