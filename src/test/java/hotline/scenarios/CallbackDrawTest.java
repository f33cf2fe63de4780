package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("回访抽取：每20单恰有1单电话（云浮）")
class CallbackDrawTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    desk.nothingDrawn();
  }

  @Test
  @DisplayName("YF-21a 第二十二条（一）：40张工单分两块，每块恰有一张电话回访，抽取先于该块首单，投诉与工程不占位")
  void oneInTwenty() {
    Map<Integer, List<Desk.Order>> phoned = new LinkedHashMap<>();
    String[] eligible = {"LEAK", "BILLING", "REPORT", "ENQUIRY"};
    for (int i = 0; i < 40; i++) {
      desk.pass(Duration.ofSeconds(1));
      if (i % 8 == 0) {
        desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business").handled();
        desk.call("METER_MOVE").handled();
      }
      Desk.Order order =
          desk.call(
                  eligible[i % eligible.length],
                  "/facts/departmentComplainedOf",
                  "business",
                  "/facts/asset",
                  "METER",
                  "/caller/phone",
                  "138000010" + (10 + i))
              .handled();
      if (order.view().path("callback").path("medium").asText().equals("PHONE")) {
        phoned.computeIfAbsent(i / 20, block -> new ArrayList<>()).add(order);
        assertThat(order.note("确定回访方式")).isEqualTo("抽中电话回访");
      }
    }
    assertThat(phoned.get(0)).hasSize(1);
    assertThat(phoned.get(1)).hasSize(1);

    List<Map<String, Object>> places =
        desk.tables()
            .sql(
                """
                SELECT p.block_number, p.place, p.order_number, p.taken_at, b.drawn_at, b.phone_place
                FROM callback_place p JOIN callback_block b
                  ON b.company = p.company AND b.block_number = p.block_number
                ORDER BY p.block_number, p.place
                """)
            .query()
            .listOfRows();
    assertThat(places).hasSize(40);
    places.forEach(
        row ->
            assertThat(moment(row.get("taken_at"))).isAfterOrEqualTo(moment(row.get("drawn_at"))));
    assertThat(
            places.stream()
                .filter(row -> row.get("place").equals(row.get("phone_place")))
                .map(row -> row.get("order_number")))
        .containsExactly(phoned.get(0).get(0).number, phoned.get(1).get(0).number);
    assertThat(
            desk.tables()
                .sql("SELECT COUNT(*) FROM callback_block WHERE places_taken = 0")
                .query(Integer.class)
                .single())
        .as("the third block is drawn before its first order")
        .isEqualTo(1);
  }

  /** H2 and MySQL hand over their moments as different kinds. */
  private static LocalDateTime moment(Object value) {
    return value instanceof Timestamp moment ? moment.toLocalDateTime() : (LocalDateTime) value;
  }
}
