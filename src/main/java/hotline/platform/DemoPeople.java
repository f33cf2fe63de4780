package hotline.platform;

import hotline.Actor;
import hotline.organisation.Company;
import hotline.organisation.Group;
import hotline.organisation.Organisation;
import hotline.organisation.Person;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The people of the demo: one per group, with the group's id as login, so that everything can be
 * tried; nobody here can be reached outside this machine.
 */
@Component
@Profile("demo")
class DemoPeople {
  /** The department without e-mail, so that the demo shows what happens when one must phone. */
  private static final String ONLY_BY_PHONE = "technical";

  private static final Instant EVER = Instant.parse("2000-01-01T00:00:00Z");

  private final Organisation organisation;
  private final IdentityService identity;
  private final String password;

  DemoPeople(
      ProcessEngine engine,
      Organisation organisation,
      @Value("${hotline.demo.password:" + FirstAdministrator.SAMPLE_PASSWORD + "}")
          String password) {
    this.organisation = organisation;
    this.identity = engine.getIdentityService();
    this.password = password;
  }

  /** Brings in those who are missing; who is there already stays as they are. */
  void arrive() {
    Set<String> known = new HashSet<>();
    identity.createUserQuery().list().forEach(user -> known.add(user.getId()));
    UserEntity first = null;
    if (!known.contains("admin")) {
      first = user("admin", "系统", "管理员", null, null);
      identity.createMembership("admin", Actor.ADMINISTRATORS);
    }
    for (Company company : organisation.companies()) {
      for (Group group : organisation.groups(company.id())) {
        if (!known.contains(group.id())) {
          first = arrive(company, group, first);
        }
      }
    }
  }

  private UserEntity arrive(Company company, Group group, @Nullable UserEntity first) {
    String department = group.department();
    String where = department == null ? company.name() : company.department(department).name();
    String what = department == null ? group.name() : group.leaders() ? "负责人" : "值班员";
    boolean phoneOnly = ONLY_BY_PHONE.equals(department);
    String email = phoneOnly ? null : group.id() + "@example.com";

    UserEntity user = user(group.id(), where, what, email, first);
    identity.createMembership(group.id(), group.id());
    identity.createTenantUserMembership(company.id(), group.id());
    if (organisation.person(group.id()).isEmpty()) {
      organisation.save(
          new Person(
              group.id(),
              company.id(),
              where + " " + what,
              department == null ? roleOf(group) : department,
              group.leaders(),
              email,
              phoneOnly ? group.leaders() ? "8001" : "8002" : null,
              true));
      if (department != null && !group.leaders()) {
        organisation.putOnDuty(company.id(), department, group.id(), EVER, null);
      }
    }
    return user;
  }

  private static @Nullable String roleOf(Group group) {
    return group.role() == null ? null : group.role().code();
  }

  /**
   * They all have one password, so it is hashed once, for the first: a good hash is slow on
   * purpose, and a hundred of them would hold up the start.
   */
  private UserEntity user(
      String id,
      String firstName,
      String lastName,
      @Nullable String email,
      @Nullable UserEntity first) {
    User user = identity.newUser(id);
    user.setFirstName(firstName);
    user.setLastName(lastName);
    user.setEmail(email);
    UserEntity entity = (UserEntity) user;
    if (first == null) {
      entity.setPassword(password);
    } else {
      entity.setDbPassword(first.getPassword());
      entity.setSalt(first.getSalt());
    }
    identity.saveUser(entity);
    return entity;
  }
}
