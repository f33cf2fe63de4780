package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.scenarios.Desk.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.test.context.TestComponent;

/** The desk where outages are reported and their duties done, through the API or Tasklist. */
@TestComponent
public class OutageDesk {
  private final Desk desk;
  private final ProcessEngine engine;

  OutageDesk(Desk desk, ProcessEngine engine) {
    this.desk = desk;
    this.engine = engine;
  }

  /** A planned outage of 云浮's network from tomorrow 08:00 to 18:00; pairs change the report. */
  public Map<String, Object> planned(Object... changes) {
    return report("PLANNED", Desk.local(desk.now(), 1, "08:00"), changes);
  }

  /** One that has begun just now and is to end in six hours. */
  public Map<String, Object> unplanned(Object... changes) {
    return report("UNPLANNED", desk.now().toString(), changes);
  }

  private static Map<String, Object> report(String kind, String start, Object... changes) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("company", "yunfu-water");
    report.put("kind", kind);
    report.put("origin", "NETWORK");
    report.put("area", "世纪大道1号至120号");
    report.put("districts", List.of("yuncheng"));
    report.put("start", start);
    report.put("end", Instant.parse(instant(start)).plusSeconds(10 * 3600).toString());
    report.put("affectedPopulation", 4999);
    report.put("reason", "DN400主管接驳施工");
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        report.remove((String) changes[i]);
      } else {
        report.put((String) changes[i], changes[i + 1]);
      }
    }
    return report;
  }

  private static String instant(String moment) {
    return java.time.OffsetDateTime.parse(moment).toInstant().toString();
  }

  public Answer tries(String person, Map<String, Object> report) {
    return desk.post("/api/outages", report, "yunfu-water." + person, null);
  }

  /** The person (without the company) reports it through the API. */
  public Outage reported(String person, Map<String, Object> report) {
    return reportedBy("yunfu-water." + person, report);
  }

  public Outage reportedBy(String user, Map<String, Object> report) {
    Answer answer = desk.post("/api/outages", report, user, null);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    desk.everyOpenOrderHasANextActor();
    return new Outage(answer.body().path("number").asText(), user.replaceFirst("\\..*", ""));
  }

  /** An outage that something else has begun. */
  public Outage outage(String company, String number) {
    return new Outage(number, company);
  }

  /** The person, of 云浮 unless the company is named, types the report into Tasklist. */
  public Outage typed(String person, String process, Object... fields) {
    String number =
        desk.inTasklist(
            person,
            () ->
                engine
                    .getFormService()
                    .submitStartForm(
                        engine
                            .getRepositoryService()
                            .createProcessDefinitionQuery()
                            .processDefinitionKey(process)
                            .latestVersion()
                            .singleResult()
                            .getId(),
                        Desk.map(fields))
                    .getBusinessKey());
    desk.everyOpenOrderHasANextActor();
    return new Outage(
        number, person.contains(".") ? person.replaceFirst("\\..*", "") : "yunfu-water");
  }

  /** 工程公司 has begun to report one that runs until the evening; its range is still open. */
  public Outage begunUnplanned() {
    return typed(
        "engineering",
        "unplanned-outage",
        "origin",
        "NETWORK",
        "area",
        "世纪大道",
        "start",
        Desk.local(desk.now(), 0, "08:30"),
        "end",
        Desk.local(desk.now(), 0, "18:00"));
  }

  /** One outage as the scenario follows it. */
  public final class Outage {
    public final String number;
    private final String company;

    private Outage(String number, String company) {
      this.number = number;
      this.company = company;
    }

    public JsonNode view() {
      Answer answer = desk.get("/api/outages/" + number, company + ".agent");
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
      return answer.body();
    }

    public String status() {
      return view().path("status").asText();
    }

    /** "task by group" for everything that waits. */
    public List<String> waitsFor() {
      return Desk.waitsFor(view());
    }

    /** The engine's id of this duty's task. */
    public String taskOf(String key) {
      for (JsonNode waiting : view().path("waitingFor")) {
        if (waiting.path("duty").asText().equals(key)) {
          return waiting.path("id").asText();
        }
      }
      throw new AssertionError(number + " does not wait for " + key + " but " + duties());
    }

    /** Key of each duty, and where it stands, by name. */
    public Map<String, String> duties() {
      Map<String, String> duties = new TreeMap<>();
      view()
          .path("duties")
          .forEach(duty -> duties.put(duty.path("key").asText(), duty.path("status").asText()));
      return duties;
    }

    public List<String> duties(String status) {
      List<String> keys = new ArrayList<>();
      duties()
          .forEach(
              (key, standing) -> keys.addAll(standing.equals(status) ? List.of(key) : List.of()));
      return keys;
    }

    public JsonNode duty(String key) {
      for (JsonNode duty : view().path("duties")) {
        if (duty.path("key").asText().equals(key)) {
          return duty;
        }
      }
      throw new AssertionError(number + " has no duty " + key + " but " + duties());
    }

    public Instant due(String key) {
      return Desk.at(duty(key), "dueAt");
    }

    /** What waits for this duty, or for this step of the outage's own. */
    public JsonNode waiting(String dutyOrTask) {
      for (JsonNode waiting : view().path("waitingFor")) {
        if (waiting.path("duty").asText().equals(dutyOrTask)
            || waiting.path("task").asText().equals(dutyOrTask)) {
          return waiting;
        }
      }
      throw new AssertionError(number + " does not wait for " + dutyOrTask + " but " + view());
    }

    /** The person (without the company) does this duty's task. */
    public Answer tries(String person, String key, Object... fields) {
      return desk.complete(company + "." + person, waiting(key).path("id").asText(), fields);
    }

    public Outage does(String person, String key, Object... fields) {
      return answered(tries(person, key, fields));
    }

    /** The duty is done and nothing special is to be said of it. */
    public Outage done(String person, String... keys) {
      for (String key : keys) {
        does(person, key, "outcome", "DONE", "note", "已办理", "reason", "名单中其余单位电话已停机");
      }
      return this;
    }

    /** Whoever owns an open duty does it, until none is open. */
    public Outage allDone() {
      List<String> open = duties("OPEN");
      while (!open.isEmpty()) {
        for (String key : open) {
          String owner = duty(key).path("by").asText();
          if (isApproval(key)) {
            does(owner, key, "outcome", "APPROVED", "reference", "云城管〔2026〕88号");
          } else {
            done(owner, key);
          }
        }
        open = duties("OPEN");
      }
      return this;
    }

    private boolean isApproval(String key) {
      for (JsonNode waiting : view().path("waitingFor")) {
        if (waiting.path("duty").asText().equals(key)) {
          return waiting.path("task").asText().equals("obtain-approval");
        }
      }
      return false;
    }

    /** The person does the outage's own task, such as follow-outage. */
    public Answer triesTask(String person, String task, Object... fields) {
      return tries(person, task, fields);
    }

    public Outage doesTask(String person, String task, Object... fields) {
      return answered(triesTask(person, task, fields));
    }

    private Outage answered(Answer answer) {
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
      assertThat(answer.body().path("number").asText()).isEqualTo(number);
      desk.everyOpenOrderHasANextActor();
      return this;
    }

    public List<String> record() {
      List<String> verbs = new ArrayList<>();
      view().path("events").forEach(event -> verbs.add(event.path("verb").asText()));
      return verbs;
    }

    /** Whether the public page shows it. */
    public boolean isPublic() {
      for (JsonNode each : publicly()) {
        if (each.path("number").asText().equals(number)) {
          return true;
        }
      }
      return false;
    }

    public JsonNode publicly() {
      return desk.publicly("/public/outages?company=" + company).path("items");
    }
  }
}
