package hotline.outage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import hotline.Actor;
import hotline.platform.Transactions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What the demo day asks of outages; the same command that outside systems use. */
@Component
@Profile("demo")
public class SampleOutages {
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final Outages outages;
  private final Transactions transactions;

  SampleOutages(Outages outages, Transactions transactions) {
    this.outages = outages;
    this.transactions = transactions;
  }

  /** A report as an outside system would post it, without its company. */
  public String report(Actor by, String company, Map<String, Object> report) {
    Map<String, Object> whole = new LinkedHashMap<>(report);
    whole.put("company", company);
    OutageReport given = JSON.convertValue(whole, OutageReport.class);
    return transactions.as(by, () -> outages.start(by, given, null, null));
  }
}
