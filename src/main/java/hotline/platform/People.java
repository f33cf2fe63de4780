package hotline.platform;

import hotline.Actor;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/** Turns a login into whoever acts, with the groups that the engine's identity service knows. */
@Component
public class People {
  private final IdentityService identity;
  private final ThreadLocal<Actor> acting = new ThreadLocal<>();

  People(ProcessEngine engine) {
    this.identity = engine.getIdentityService();
  }

  /** The person with the groups that they have now. */
  public Actor actor(String userId) {
    Set<String> groups = new HashSet<>();
    for (Group group : identity.createGroupQuery().groupMember(userId).list()) {
      groups.add(group.getId());
    }
    return new Actor(userId, groups);
  }

  void begin(Actor actor) {
    acting.set(actor);
  }

  void end() {
    acting.remove();
  }

  /** Who acts now, at the engine or through the API; the product itself when nobody does. */
  public Actor current() {
    Actor caller = acting.get();
    if (caller != null) {
      return caller;
    }
    Authentication authentication = identity.getCurrentAuthentication();
    return authentication == null || authentication.getUserId() == null
        ? Actor.SYSTEM
        : actorOf(authentication);
  }

  static Actor actorOf(Authentication authentication) {
    return new Actor(
        authentication.getUserId(),
        authentication.getGroupIds() == null
            ? Set.of()
            : new HashSet<>(authentication.getGroupIds()));
  }
}
