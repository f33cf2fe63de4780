package hotline.platform;

import hotline.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.camunda.bpm.engine.impl.digest.PasswordEncryptor;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Keeps passwords so that a stolen table cannot be tried through: bcrypt in place of the engine's
 * single round of SHA-512, whose stored passwords are still recognised. The password and the
 * engine's salt are shortened first, since bcrypt reads no more than 72 bytes.
 */
final class SlowHash implements PasswordEncryptor {
  private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();

  @Override
  public String encrypt(String saltedPassword) {
    return bcrypt.encode(shortened(saltedPassword));
  }

  @Override
  public boolean check(String saltedPassword, String stored) {
    return bcrypt.matches(shortened(saltedPassword), stored);
  }

  @Override
  public String hashAlgorithmName() {
    return "BCRYPT-SHA-256";
  }

  private static String shortened(String saltedPassword) {
    return Base64.getEncoder()
        .encodeToString(Sha256.of(saltedPassword.getBytes(StandardCharsets.UTF_8)));
  }
}
