package hotline.outage;

import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.outage.process.OutageProcess;
import hotline.regulation.OutageMatter;
import hotline.regulation.Regulation;
import hotline.workorder.SupplyAffected;
import hotline.workorder.WorkOrder;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What is found on site and affects supply becomes an outage at once: begun by whoever is there,
 * where they are of those who report (RL-8.3); its range is determined next.
 */
@Component
class AffectedSupply {
  private final Regulation regulation;
  private final Organisation organisation;
  private final OpenOutages open;
  private final OutageProcess process;

  AffectedSupply(
      Regulation regulation, Organisation organisation, OpenOutages open, OutageProcess process) {
    this.regulation = regulation;
    this.organisation = organisation;
    this.open = open;
    this.process = process;
  }

  @EventListener
  void found(SupplyAffected found) {
    WorkOrder order = found.order();
    String origin = order.networkPart().equals("HEAT_STATION") ? "BOOSTER_STATION" : "NETWORK";
    boolean reports =
        regulation
            .outageDuties(
                order.company(),
                new OutageMatter("REPORTER", "SHUTOFF", "UNPLANNED", origin, 0, false, false))
            .stream()
            .flatMap(rule -> rule.owners(order.company()).stream())
            .anyMatch(found.by()::isInOrLeads);
    if (!reports || !found.expectedAt().isAfter(found.at())) {
      return;
    }
    Company company = organisation.company(order.company());
    String district = order.district().isEmpty() ? "" : company.districtName(order.district());
    String number =
        process.begun(
            order.company(),
            origin,
            district + "（范围待核定）",
            found.at().toString(),
            found.expectedAt().toString(),
            "抢修");
    open.hold(number).note(found.by(), found.at(), "来自工单", order.number(), null);
    order.note(found.by(), found.at(), "转为停供事件", number, null);
  }
}
