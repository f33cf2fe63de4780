package hotline.platform;

import hotline.Actor;
import java.util.List;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.identity.IdentityOperationResult;

/**
 * Nobody takes the last administrator away: without one the engine's web apps send everybody to the
 * page where a stranger could make himself administrator, which is closed here.
 */
public final class LastAdministrator extends EvenLogins {
  @Override
  public IdentityOperationResult deleteUser(String user) {
    oneStays(user);
    return super.deleteUser(user);
  }

  @Override
  public IdentityOperationResult deleteMembership(String user, String group) {
    if (group.equals(Actor.ADMINISTRATORS)) {
      oneStays(user);
    }
    return super.deleteMembership(user, group);
  }

  @Override
  public IdentityOperationResult deleteGroup(String group) {
    if (group.equals(Actor.ADMINISTRATORS) && isAskedByPerson()) {
      throw refused();
    }
    return super.deleteGroup(group);
  }

  private void oneStays(String leaving) {
    if (!isAskedByPerson()) {
      return;
    }
    oneAfterTheOther();
    List<User> administrators =
        createUserQuery().memberOfGroup(Actor.ADMINISTRATORS).listPage(0, 2);
    if (administrators.size() == 1 && administrators.get(0).getId().equals(leaving)) {
      throw refused();
    }
  }

  /** Two who remove each other would else both still see two. */
  private void oneAfterTheOther() {
    EngineTransaction.jdbc(getDbSqlSession())
        .sql("SELECT ID_ FROM ACT_ID_GROUP WHERE ID_ = :group FOR UPDATE")
        .param("group", Actor.ADMINISTRATORS)
        .query(String.class)
        .list();
  }

  private boolean isAskedByPerson() {
    return getCurrentAuthentication() != null;
  }

  private static BadUserRequestException refused() {
    return new BadUserRequestException("系统至少要有一个系统管理员：请先把别人加入 camunda-admin 组");
  }
}
