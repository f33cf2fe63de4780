package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("每周回访不低于5%：首单必访，每20单再抽一单（银川）")
class WeeklyDrawTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");

  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  /** One place as the tables keep it, beside what its block had drawn. */
  private record Place(
      int block,
      int place,
      String order,
      Timestamp takenAt,
      Timestamp drawnAt,
      int phonePlace,
      LocalDate week) {}

  private List<Place> places() {
    return desk.tables()
        .sql(
            """
            SELECT p.block_number, p.place, p.order_number, p.taken_at, b.drawn_at, b.phone_place,
              b.week_of
            FROM callback_place p JOIN callback_block b
              ON b.company = p.company AND b.block_number = p.block_number
            WHERE p.company = 'yinchuan-water' ORDER BY p.block_number, p.place
            """)
        .query(
            (row, i) ->
                new Place(
                    row.getInt(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getTimestamp(4),
                    row.getTimestamp(5),
                    row.getInt(6),
                    row.getObject(7, LocalDate.class)))
        .list();
  }

  private Desk.Order visited() {
    return desk.callOf(
            "yinchuan-water",
            "LEAK",
            "/caller/district",
            "xingqing",
            "/facts/meterSide",
            "UPSTREAM")
        .accepted()
        .reported();
  }

  private static boolean isPhoned(Desk.Order order) {
    return order.view().path("callback").path("medium").asText().equals("PHONE");
  }

  /** The draw has fallen on this place in each block of this week that has not begun. */
  private void drawFallsOn(int place) {
    desk.tables()
        .sql("UPDATE callback_block SET phone_place = :place WHERE places_taken = 0")
        .param("place", place)
        .update();
  }

  private void firstBlockDrawn(LocalDate week, int place) {
    desk.tables()
        .sql(
            """
            INSERT INTO callback_block
              (company, block_number, block_size, phone_place, places_taken, drawn_at, week_of)
            VALUES ('yinchuan-water', 1, 20, :place, 0, :at, :week)
            """)
        .param("place", place)
        .param("at", LocalDateTime.parse("2026-11-16T00:00:00"))
        .param("week", week)
        .update();
  }

  @ParameterizedTest(name = "一周 {0} 单")
  @DisplayName("YC-14 第十四条：每周电话回访不低于5%——抽取先于该块首单登记，首单和抽中的一单电话回访，其余免回访，表上可证")
  @ValueSource(ints = {1, 20, 21, 45})
  void neverLessThanFivePerCent(int orders) {
    List<String> phoned = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      desk.pass(Duration.ofSeconds(30));
      Desk.Order order = visited();
      if (isPhoned(order)) {
        phoned.add(order.number);
        assertThat(order.waitsFor()).containsExactly("callback-by-phone by yinchuan-water.agent");
        assertThat(order.note("确定回访方式")).isEqualTo(i == 0 ? "本周首单，电话回访" : "抽中电话回访");
      } else {
        assertThat(order.status()).isEqualTo("CLOSED");
        assertThat(order.note("确定回访方式")).isEqualTo("本周抽样未抽中，免回访");
      }
      assertThat(order.line("确定回访方式")).isEqualTo("系统 确定回访方式 YC-14 YC-15 DEFAULT");
    }
    assertThat(phoned).hasSizeGreaterThanOrEqualTo((orders + 19) / 20);

    List<Place> places = places();
    assertThat(places).hasSize(orders).allMatch(place -> place.week().equals(MONDAY));
    assertThat(places)
        .allSatisfy(
            place -> {
              assertThat(place.takenAt()).isAfterOrEqualTo(place.drawnAt());
              assertThat(place.phonePlace()).isBetween(place.block() == 1 ? 2 : 1, 20);
            });
    assertThat(phoned)
        .containsExactlyElementsOf(
            places.stream()
                .filter(
                    place ->
                        place.block() == 1 && place.place() == 1
                            || place.place() == place.phonePlace())
                .map(Place::order)
                .toList());
  }

  @ParameterizedTest(name = "每块抽中第 {0} 位")
  @DisplayName("YC-14：抽到哪一位都够——一周45单，任何时候已回访都不低于已上门的5%")
  @ValueSource(ints = {2, 11, 20})
  void howeverTheDrawFalls(int drawn) {
    firstBlockDrawn(MONDAY, drawn);
    int phoned = 0;
    List<Integer> which = new ArrayList<>();
    for (int n = 1; n <= 45; n++) {
      if (isPhoned(visited())) {
        phoned++;
        which.add(n);
      }
      drawFallsOn(drawn);
      assertThat(phoned).as("after %d orders", n).isGreaterThanOrEqualTo((n + 19) / 20);
    }
    List<Integer> expected = new ArrayList<>(List.of(1, drawn, 20 + drawn));
    if (40 + drawn <= 45) {
      expected.add(40 + drawn);
    }
    assertThat(which).containsExactlyElementsOf(expected);
  }

  @Test
  @DisplayName("YC-14：一周自周一零点（公司当地时间）起，新的一周首单必访，上周没用完的块不再续")
  void weekBeginsOnMonday() {
    firstBlockDrawn(MONDAY, 20);
    Desk.Order first = visited();
    Desk.Order second = visited();
    desk.itIs("2026-11-22T23:59:59.999+08:00");
    Desk.Order sunday = visited();
    desk.itIs("2026-11-23T00:00:00+08:00");
    Desk.Order monday = visited();
    Desk.Order next = visited();
    assertThat(isPhoned(first)).isTrue();
    assertThat(isPhoned(second)).isFalse();
    assertThat(isPhoned(sunday)).isFalse();
    assertThat(isPhoned(monday)).isTrue();
    assertThat(monday.note("确定回访方式")).isEqualTo("本周首单，电话回访");
    List<Place> places = places();
    assertThat(places.stream().map(p -> p.block() + "-" + p.place() + " " + p.week()))
        .containsExactly(
            "1-1 2026-11-16",
            "1-2 2026-11-16",
            "1-3 2026-11-16",
            "2-1 2026-11-23",
            "2-2 2026-11-23");
    assertThat(isPhoned(next)).isEqualTo(places.get(4).phonePlace() == 2);
  }

  @Test
  @DisplayName("YC-14：上周恰好满块，新的一周仍从新块和首单必访开始")
  void fullBlockAtTheEndOfTheWeek() {
    firstBlockDrawn(MONDAY, 20);
    for (int i = 0; i < 20; i++) {
      visited();
    }
    desk.itIs("2026-11-23T09:00:00+08:00");
    Desk.Order monday = visited();
    assertThat(isPhoned(monday)).isTrue();
    assertThat(monday.note("确定回访方式")).isEqualTo("本周首单，电话回访");
    Place last = Objects.requireNonNull(places().get(20));
    assertThat(last.week()).isEqualTo("2026-11-23");
    assertThat(last.block()).isEqualTo(3);
    assertThat(last.place()).isEqualTo(1);
  }

  @Test
  @DisplayName("YC-14：投诉一律电话回访，咨询不上门免回访，重办后电话回访，都不占抽取的位置")
  void notInTheDraw() {
    firstBlockDrawn(MONDAY, 20);
    Desk.Order complaint = desk.callOf("yinchuan-water", "COMPLAINT").accepted().reported();
    Desk.Order advice = desk.callOf("yinchuan-water", "ADVICE").accepted().reported();
    assertThat(isPhoned(complaint)).isTrue();
    assertThat(advice.status()).isEqualTo("CLOSED");
    assertThat(places()).isEmpty();
    Desk.Order order = visited();
    order.dissatisfiedByPhone().reworkOrdered().accepted().reported();
    assertThat(order.view().path("round").asInt()).isEqualTo(2);
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yinchuan-water.agent");
    assertThat(places()).hasSize(1);
  }
}
