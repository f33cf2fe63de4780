package hotline.platform;

import hotline.Actor;
import hotline.organisation.Company;
import hotline.organisation.Group;
import hotline.organisation.Organisation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Before the first request: each company has its tenant, its groups and their rights, and there is
 * an administrator. What is there already is left alone, so a restart writes nothing.
 */
@Component
class IdentitySetup implements SmartLifecycle {
  private final Organisation organisation;
  private final TasklistFilters filters;
  private final ObjectProvider<DemoPeople> demoPeople;
  private final ObjectProvider<FirstAdministrator> firstAdministrator;
  private final ProcessEngineConfigurationImpl engine;
  private final IdentityService identity;
  private final AuthorizationService authorizations;
  private volatile boolean running;

  IdentitySetup(
      ProcessEngine engine,
      Organisation organisation,
      TasklistFilters filters,
      ObjectProvider<DemoPeople> demoPeople,
      ObjectProvider<FirstAdministrator> firstAdministrator) {
    this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    this.identity = engine.getIdentityService();
    this.authorizations = engine.getAuthorizationService();
    this.organisation = organisation;
    this.filters = filters;
    this.demoPeople = demoPeople;
    this.firstAdministrator = firstAdministrator;
  }

  @Override
  public void start() {
    try {
      Retries.atStart(this::inOneTransaction);
    } catch (ProcessEngineException | DataAccessException e) {
      // on H2 the engine takes no lock: somebody else was faster, and has made everything
      inOneTransaction();
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the web server, which starts close to the end. */
  @Override
  public int getPhase() {
    return 0;
  }

  private void inOneTransaction() {
    engine
        .getCommandExecutorTxRequired()
        .execute(
            command -> {
              // a node that starts at the same moment waits here, and then finds everything made
              command.getPropertyManager().acquireExclusiveLock();
              setUp();
              return null;
            });
  }

  private void setUp() {
    List<Group> groups = new ArrayList<>();
    for (Company company : organisation.companies()) {
      groups.addAll(organisation.groups(company.id()));
    }
    groups(groups);
    tenants(groups);
    rights(groups);
    demoPeople.ifAvailable(DemoPeople::arrive);
    firstAdministrator.ifAvailable(FirstAdministrator::arrive);
  }

  private void groups(List<Group> wanted) {
    Map<String, org.camunda.bpm.engine.identity.Group> known = new HashMap<>();
    identity.createGroupQuery().list().forEach(group -> known.put(group.getId(), group));
    for (Group group : wanted) {
      group(known.get(group.id()), group.id(), group.name(), Groups.GROUP_TYPE_WORKFLOW);
    }
    group(known.get(Actor.ADMINISTRATORS), Actor.ADMINISTRATORS, "系统管理员", Groups.GROUP_TYPE_SYSTEM);
    group(known.get(Actor.MONITORING), Actor.MONITORING, "监控系统", Groups.GROUP_TYPE_SYSTEM);
  }

  private void group(
      org.camunda.bpm.engine.identity.@Nullable Group known, String id, String name, String type) {
    if (known != null && name.equals(known.getName()) && type.equals(known.getType())) {
      return;
    }
    org.camunda.bpm.engine.identity.Group group = known == null ? identity.newGroup(id) : known;
    group.setName(name);
    group.setType(type);
    identity.saveGroup(group);
  }

  private void tenants(List<Group> groups) {
    Map<String, Tenant> known = new HashMap<>();
    identity.createTenantQuery().list().forEach(tenant -> known.put(tenant.getId(), tenant));
    for (Company company : organisation.companies()) {
      Tenant tenant = known.get(company.id());
      if (tenant == null || !company.name().equals(tenant.getName())) {
        tenant = tenant == null ? identity.newTenant(company.id()) : tenant;
        tenant.setName(company.name());
        identity.saveTenant(tenant);
      }
      Set<String> members = new HashSet<>();
      identity
          .createGroupQuery()
          .memberOfTenant(company.id())
          .list()
          .forEach(group -> members.add(group.getId()));
      for (Group group : groups) {
        if (group.company().equals(company.id()) && !members.contains(group.id())) {
          identity.createTenantGroupMembership(company.id(), group.id());
        }
      }
    }
  }

  private void rights(List<Group> groups) {
    List<String> filterIds = filters.make();
    List<Rights.Right> wanted = new ArrayList<>(Rights.ofAdministrators(Actor.ADMINISTRATORS));
    groups.forEach(group -> wanted.addAll(Rights.of(group, filterIds)));

    Map<List<Object>, Authorization> known = granted(groups);
    for (Rights.Right right : wanted) {
      Authorization grant =
          known.get(List.of(right.group(), right.kind().resourceType(), right.id()));
      if (grant == null) {
        grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setGroupId(right.group());
        grant.setResource(right.kind());
        grant.setResourceId(right.id());
      } else if (right.permissions().stream().allMatch(grant::isPermissionGranted)) {
        continue;
      }
      right.permissions().forEach(grant::addPermission);
      authorizations.saveAuthorization(grant);
    }
  }

  /** Asked kind by kind: the engine keeps its rights on each open task in the same table. */
  private Map<List<Object>, Authorization> granted(List<Group> groups) {
    Map<List<Object>, Authorization> granted = new HashMap<>();
    String[] ids = groups.stream().map(Group::id).toArray(String[]::new);
    List<Authorization> rows = new ArrayList<>();
    for (Resource kind : Rights.KINDS) {
      rows.addAll(
          authorizations
              .createAuthorizationQuery()
              .authorizationType(Authorization.AUTH_TYPE_GRANT)
              .groupIdIn(ids)
              .resourceType(kind)
              .list());
    }
    rows.addAll(
        authorizations
            .createAuthorizationQuery()
            .authorizationType(Authorization.AUTH_TYPE_GRANT)
            .groupIdIn(Actor.ADMINISTRATORS)
            .resourceId(Authorization.ANY)
            .list());
    for (Authorization row : rows) {
      granted.put(List.of(row.getGroupId(), row.getResourceType(), row.getResourceId()), row);
    }
    return granted;
  }
}
