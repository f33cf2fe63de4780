package hotline.platform;

import java.util.UUID;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.digest.PasswordManager;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.jspecify.annotations.Nullable;

/**
 * Takes as long to refuse a login that nobody has as to refuse a wrong password: a good hash is
 * slow, so that a quick answer would tell a stranger who works here.
 */
public class EvenLogins extends DbIdentityServiceProvider {
  private static volatile @Nullable String nobodysPassword;

  @Override
  public boolean checkPassword(String user, @Nullable String password) {
    UserEntity known = findUserById(user);
    if (known == null || known.getPassword() == null || password == null) {
      compareWithNobodys(
          Context.getProcessEngineConfiguration().getPasswordManager(),
          password == null ? "" : password);
      return false;
    }
    return super.checkPassword(user, password);
  }

  static void compareWithNobodys(PasswordManager passwords, String password) {
    String stored = nobodysPassword;
    if (stored == null) {
      stored = passwords.encrypt(UUID.randomUUID().toString());
      nobodysPassword = stored;
    }
    passwords.check(EncryptionUtil.saltPassword(password, "nobody"), stored);
  }
}
