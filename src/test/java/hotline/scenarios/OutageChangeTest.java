package hotline.scenarios;

import static hotline.scenarios.Desk.local;
import static org.assertj.core.api.Assertions.assertThat;

import hotline.scenarios.Desk.Answer;
import hotline.scenarios.OutageDesk.Outage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the random walk has found, told one by one. */
@Scenario
@DisplayName("停水：补记、改期、更正之后")
class OutageChangeTest {
  private static final String[] REFUSED = {"outcome", "REFUSED", "reason", "中考期间不得停水"};

  @Autowired Desk desk;
  @Autowired OutageDesk outages;

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private void changes(Outage outage, Object... fields) {
    Object[] form = new Object[fields.length + 4];
    System.arraycopy(fields, 0, form, 0, fields.length);
    System.arraycopy(new Object[] {"outcome", "CHANGE", "reason", "复核"}, 0, form, fields.length, 4);
    outage.doesTask("engineering", "follow-outage", form);
  }

  @Test
  @DisplayName("YF-16b 补记两小时前的批准：记的是当时批准，后面的职责从现在起算，没有人一接手就超期")
  void enteredAfterwards() {
    Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 5001));
    desk.pass(Duration.ofHours(3));
    String then = desk.now().minus(Duration.ofHours(2)).toString();
    outage.does(
        "engineering",
        "REGULATOR_APPROVAL",
        "outcome",
        "APPROVED",
        "reference",
        "云城管〔2026〕88号",
        "doneAt",
        then);
    assertThat(Desk.at(outage.duty("REGULATOR_APPROVAL"), "doneAt")).isEqualTo(then);
    assertThat(Desk.at(outage.view(), "publishedAt")).isEqualTo(desk.now());
    assertThat(outage.due("PUBLISH_WECHAT")).isEqualTo(desk.now().plus(Duration.ofMinutes(30)));
    desk.pass(Duration.ofMinutes(1));
    assertThat(outage.duty("PUBLISH_WECHAT").path("breached").asBoolean()).isFalse();
  }

  @Test
  @DisplayName("YF-17a 同一重要用户按名称和代码各报一次：名单上只有一家")
  void namedTwice() {
    Outage outage =
        outages.reported(
            "engineering",
            outages.unplanned("keyCustomers", List.of("YC-K01", "云浮市第一人民医院（演示）", "名录外的豆制品厂")));
    assertThat(outage.duty("PHONE_KEY_CUSTOMERS").path("contacts")).hasSize(2);
  }

  @Test
  @DisplayName("YF-17a 改期提前后来不及的从变更时起限时办理，不在变更那一刻就算超期；原来更早到期的照旧")
  void broughtForward() {
    Outage outage =
        outages.reported(
            "engineering",
            outages.planned(
                "keyCustomers", List.of("YC-K01"),
                "start", local(desk.now(), 6, "08:00"),
                "end", local(desk.now(), 6, "18:00")));
    desk.pass(Duration.ofDays(2));
    changes(outage, "start", local(desk.now(), 0, "20:00"), "end", local(desk.now(), 0, "23:00"));
    assertThat(outage.due("PHONE_KEY_CUSTOMERS"))
        .isEqualTo(desk.now().plus(Duration.ofMinutes(30)));
    desk.pass(Duration.ofMinutes(29));
    assertThat(outage.duty("PHONE_KEY_CUSTOMERS").path("breached").asBoolean()).isFalse();
    changes(outage, "start", local(desk.now(), 0, "19:00"), "end", local(desk.now(), 0, "23:00"));
    assertThat(outage.due("PHONE_KEY_CUSTOMERS")).isEqualTo(desk.now().plus(Duration.ofMinutes(1)));
    desk.pass(Duration.ofMinutes(2));
    assertThat(outage.duty("PHONE_KEY_CUSTOMERS").path("breached").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("YF-16e 人数更正到5000以下又更正回来：免办的职责重新要办")
  void owedAgain() {
    Outage outage = outages.reported("engineering", outages.unplanned("affectedPopulation", 5000));
    changes(outage, "affectedPopulation", 4999);
    assertThat(outage.duties()).containsEntry("NOTIFY_PRODUCTION", "WAIVED");
    changes(outage, "affectedPopulation", 5000);
    assertThat(outage.duties())
        .containsEntry("NOTIFY_PRODUCTION-2", "OPEN")
        .containsEntry("NOTIFY_BUREAU-2", "OPEN");
  }

  @Test
  @DisplayName("YF-16b 更正后不到5001人：补报的批准不再等，等它的职责不再要办")
  void consentNoLongerNeeded() {
    Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 4000));
    changes(outage, "affectedPopulation", 5001);
    assertThat(outage.duties()).containsEntry("REGULATOR_APPROVAL", "OPEN");
    changes(outage, "affectedPopulation", 4000);
    assertThat(outage.duties())
        .containsEntry("REGULATOR_APPROVAL", "WAIVED")
        .containsEntry("PUBLISH_FORUM", "WAIVED")
        .containsEntry("PUBLISH_WECHAT", "OPEN");
  }

  @Test
  @DisplayName("YF-16d 更正后不再要求的途径，告知过的仍再告一次")
  void toldAgain() {
    Outage outage = outages.reported("engineering", outages.unplanned("affectedPopulation", 5000));
    outage.done("business", "NOTIFY_PRODUCTION");
    changes(outage, "affectedPopulation", 4000, "end", local(desk.now(), 1, "06:00"));
    assertThat(outage.duties()).containsEntry("NOTIFY_PRODUCTION-1", "OPEN");
    changes(outage, "end", local(desk.now(), 1, "08:00"));
    assertThat(outage.duties())
        .containsEntry("NOTIFY_PRODUCTION-1", "OPEN")
        .doesNotContainKey("NOTIFY_PRODUCTION-2");
  }

  @Test
  @DisplayName("YF-16b 停水已经开始才被否决：否决在记录上，停水仍公开、仍有人跟到恢复")
  void refusedWhileRunning() {
    Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 4000));
    desk.pass(Duration.ofHours(24));
    assertThat(outage.status()).isEqualTo("RUNNING");
    changes(outage, "affectedPopulation", 5001);
    outage.does("engineering", "REGULATOR_APPROVAL", (Object[]) REFUSED);
    assertThat(outage.status()).isEqualTo("RUNNING");
    assertThat(outage.isPublic()).isTrue();
    assertThat(outage.record()).contains("未获批准");
    outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED");
    outage.allDone();
    assertThat(outage.status()).isEqualTo("RESTORED");
    assertThat(outage.record()).endsWith("办结");
  }

  @Test
  @DisplayName("YF-16b 恢复之后才被否决：仍是已恢复，照常办结")
  void refusedAfterRestored() {
    Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 4000));
    desk.pass(Duration.ofHours(24));
    changes(outage, "affectedPopulation", 5001);
    outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED");
    outage.does("engineering", "REGULATOR_APPROVAL", (Object[]) REFUSED);
    assertThat(outage.status()).isEqualTo("RESTORED");
    outage.allDone();
    assertThat(outage.record()).endsWith("办结");
  }

  @Test
  @DisplayName("YF-16d 恢复时间早于停水开始的不收，说明最早可填什么时候")
  void restoredBeforeItBegan() {
    Outage outage = outages.reported("engineering", outages.planned());
    desk.pass(Duration.ofHours(24));
    Answer answer =
        outage.triesTask(
            "engineering",
            "follow-outage",
            "outcome",
            "RESTORED",
            "restoredAt",
            local(desk.now(), -1, "20:00"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.field()).isEqualTo("restoredAt");
    assertThat(answer.detail()).contains("不能早于 11月17日 08:00");
  }
}
