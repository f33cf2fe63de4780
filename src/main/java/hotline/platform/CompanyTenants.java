package hotline.platform;

import hotline.Actor;
import hotline.Refused;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Marks each process instance with its company, so that the engine itself keeps the companies
 * apart; the models are shared and carry none.
 */
@Component
class CompanyTenants extends AbstractProcessEnginePlugin implements TenantIdProvider {
  private final Organisation organisation;

  CompanyTenants(Organisation organisation) {
    this.organisation = organisation;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setTenantIdProvider(this);
  }

  /**
   * A called instance belongs to its caller's company; another to the one its start names, else to
   * the starter's only one. An instance of no company would be seen by all, so it is refused.
   */
  @Override
  public @Nullable String provideTenantIdForProcessInstance(
      TenantIdProviderProcessInstanceContext start) {
    DelegateExecution caller = start.getSuperExecution();
    if (caller != null) {
      return caller.getTenantId();
    }
    Actor starter = starter();
    if (start.getVariables().get("company") instanceof String named && !named.isBlank()) {
      String company = organisation.company(named).id();
      if (starter != null && !starter.mayActFor(company)) {
        throw new Refused("company", "您不属于这家公司（company），不能为它发起流程");
      }
      return company;
    }
    List<String> own =
        starter == null
            ? List.of()
            : organisation.companies().stream()
                .map(Company::id)
                .filter(starter.companies()::contains)
                .toList();
    if (own.size() != 1) {
      throw new Refused("company", "请填写公司（company），系统无法从您的所属组判断");
    }
    return own.get(0);
  }

  @Override
  public @Nullable String provideTenantIdForCaseInstance(
      TenantIdProviderCaseInstanceContext start) {
    return null;
  }

  /** Tables are told apart by the company in their key, and rights go by key. */
  @Override
  public @Nullable String provideTenantIdForHistoricDecisionInstance(
      TenantIdProviderHistoricDecisionInstanceContext decision) {
    return null;
  }

  private static @Nullable Actor starter() {
    Authentication authentication =
        Context.getProcessEngineConfiguration().getIdentityService().getCurrentAuthentication();
    return authentication == null || authentication.getUserId() == null
        ? null
        : People.actorOf(authentication);
  }
}
