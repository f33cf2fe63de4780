package hotline.demo;

import hotline.Actor;
import hotline.callback.Callbacks;
import hotline.callback.SmsReply;
import hotline.demo.process.DemoEngine;
import hotline.organisation.Organisation;
import hotline.platform.People;
import hotline.platform.Transactions;
import hotline.workorder.SampleCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * A day of sample calls of 云浮 in every state, taken and worked on by the demo people through the
 * product's own commands; once, on an empty database.
 */
@Component
@Profile("demo")
class DemoDay implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(DemoDay.class);
  private static final String COMPANY = "yunfu-water";
  private static final Duration ROUND = Duration.ofMinutes(4);

  private final SampleCalls calls;
  private final Transactions transactions;
  private final People people;
  private final Organisation organisation;
  private final Callbacks callbacks;
  private final DemoEngine engine;
  private final Clock clock;
  private final boolean wanted;
  private boolean done;
  private Instant passed = Instant.EPOCH;

  DemoDay(
      SampleCalls calls,
      Transactions transactions,
      People people,
      Organisation organisation,
      Callbacks callbacks,
      DemoEngine engine,
      Clock clock,
      @Value("${hotline.demo.day:true}") boolean wanted) {
    this.calls = calls;
    this.transactions = transactions;
    this.people = people;
    this.organisation = organisation;
    this.callbacks = callbacks;
    this.engine = engine;
    this.clock = clock;
    this.wanted = wanted;
  }

  @Override
  public void start() {
    done = true;
    if (!wanted || !organisation.ids().contains(COMPANY) || calls.any(COMPANY)) {
      return;
    }
    Instant now = clock.instant();
    try {
      passed = now.minus(Duration.ofHours(9));
      engine.startAt(passed);
      day(now);
    } finally {
      engine.backToNow();
    }
    log.info("A day of sample calls of {} has been taken", COMPANY);
  }

  private void day(Instant now) {
    at(now, 540);
    String solved =
        take(
            "LEAK",
            "李建国",
            "13800001001",
            "云城区世纪大道12号3栋",
            "水表前的水管漏水，水流较大",
            Map.of("meterSide", "UPSTREAM", "asset", "PIPE", "pipeDiameterMm", 100));
    act(solved, "dispatcher", "record-gis-dispatch", Map.of("gisReference", "GIS-20260001"));
    at(now, 533);
    act(solved, "engineering", "accept", Map.of("outcome", "ACCEPT", "worker", "抢修一班 陈工"));
    at(now, 520);
    act(solved, "engineering", "contact-customer", Map.of("note", "已电话联系，约定半小时内到场"));
    String advice =
        take(
            "ADVICE",
            "王芳",
            "13800001002",
            "云城区兴云西路8号",
            "咨询一户一表改造如何办理",
            Map.of(),
            "请带身份证和房产证到营业厅办理，也可在微信公众号预约。");
    at(now, 500);
    String withdrawn =
        take("PRESSURE", "赵敏", "13800001003", "云安区六都镇白沙塘路5号", "早上水压很低，六楼上不了水", Map.of());
    at(now, 470);
    act(
        solved,
        "engineering",
        "report-work",
        Map.of(
            "outcome",
            "DONE",
            "result",
            "已更换破损管段并恢复供水",
            "measures",
            "开挖更换DN100球墨铸铁管1米",
            "parts",
            "DN100管1米、哈夫节1个",
            "cost",
            860));
    calls.customerSays(COMPANY, agent(), withdrawn, "WITHDRAW", "水压已恢复正常，不用处理了");
    at(now, 450);
    transactions.as(
        agent(),
        () -> {
          callbacks.smsReplied(agent(), new SmsReply("13800001001", "1", null, "demo-1"));
          return solved;
        });

    at(now, 400);
    String works =
        take(
            "SERVICE_APPLICATION",
            "云浮市新兴餐饮有限公司",
            "13800001004",
            "云城区城北路66号",
            "新店报装DN40水表",
            Map.of());
    act(works, "engineering", "accept", Map.of("outcome", "ACCEPT"));
    String dissatisfied =
        take(
            "COMPLAINT",
            "周婷",
            "13800001005",
            "云城区河口街道2栋",
            "投诉上门维修人员态度不好，迟到两小时",
            Map.of("departmentComplainedOf", "engineering"));
    at(now, 370);
    act(dissatisfied, "engineering", "accept", Map.of("outcome", "ACCEPT"));
    act(dissatisfied, "engineering", "contact-customer", Map.of("note", "已致电了解情况"));
    act(works, "engineering", "contact-customer", Map.of("note", "约定明日上午现场勘察"));
    at(now, 330);
    act(
        dissatisfied,
        "engineering",
        "report-work",
        Map.of("outcome", "DONE", "result", "已核实并批评教育当班人员"));
    String nextCall =
        take("BILLING", "吴强", "13800001006", "云城区环市东路19号", "本月水费比上月高一倍，怀疑抄表有误", Map.of());
    at(now, 300);
    act(
        dissatisfied,
        "agent",
        "callback-by-phone",
        Map.of(
            "reached",
            true,
            "solved",
            false,
            "satisfaction",
            "DISSATISFIED",
            "remarks",
            "客户要求当面道歉"));
    act(nextCall, "business", "accept", Map.of("outcome", "ACCEPT"));
    act(nextCall, "business", "contact-customer", Map.of("note", "已约客户核对表数"));
    act(
        nextCall,
        "business",
        "report-work",
        Map.of("outcome", "DONE", "result", "复核抄表无误，系马桶漏水，已告知客户"));

    at(now, 240);
    String extension =
        take("METERING", "郑伟", "13800001007", "云安区石城镇中心路7号", "水表走得太快，要求校表", Map.of());
    act(extension, "business", "accept", Map.of("outcome", "ACCEPT"));
    act(extension, "business", "contact-customer", Map.of("note", "客户同意送检"));
    act(
        extension,
        "business",
        "report-work",
        Map.of(
            "outcome",
            "EXTENSION",
            "extensionUntil",
            now.plus(Duration.ofDays(15)).toString(),
            "extensionReason",
            "水表须送法定机构检定，约需十个工作日",
            "extensionCause",
            "OUTSIDE"));
    String overdue = take("NO_WATER", "孙丽", "13800001008", "云城区世纪大道12号5栋", "整栋楼停水，未见通知", Map.of());
    at(now, 100);
    calls.customerSays(COMPANY, agent(), overdue, "URGE", "已经等了两个多小时，请尽快");
    String returned =
        take(
            "FAULT", "何勇", "13800001009", "云城区星岩四路31号", "路边消防栓被撞，少量渗水", Map.of("asset", "HYDRANT"));
    act(
        returned,
        "engineering",
        "accept",
        Map.of("outcome", "RETURN", "reason", "该消防栓属园区自管，不在本公司管理范围"));
    at(now, 60);
    take("REPORT", "匿名客户", "13800001010", "云城区金山大道", "举报有人私接消防栓用水", Map.of());
    take("WATER_QUALITY", "黄洁", "13800001011", "云安区都杨镇杨柳路3号", "自来水发黄，有沉淀", Map.of());
    String working =
        take(
            "LEAK",
            "林涛",
            "13800001012",
            "云城区解放中路88号",
            "水表接头处漏水",
            Map.of("meterSide", "JOINT", "asset", "METER"));
    at(now, 40);
    act(working, "engineering", "accept", Map.of("outcome", "ACCEPT", "worker", "抢修二班 梁工"));
    at(now, 12);
    take(
        "BURST",
        "交警中队",
        "13800001013",
        "云城区世纪大道与城中路交叉口",
        "主管爆裂，路面积水，影响交通",
        Map.of("asset", "PIPE", "pipeDiameterMm", 400, "disturbsTraffic", true, "urgent", true));
    at(now, 3);
    transactions.as(
        agent(), () -> calls.received(COMPANY, "13800001014", "钟先生", "云城区牧羊路20号", "家里突然没水了，邻居有水"));
    at(now, 0);
    log.debug("answered at once: {}", advice);
  }

  /** Time passes; the dispatcher phones whom no mail has reached, but not in the last half hour. */
  private void at(Instant now, int minutesAgo) {
    Instant until = now.minus(Duration.ofMinutes(minutesAgo));
    Instant phoning = now.minus(Duration.ofMinutes(30));
    for (Instant next = passed.plus(ROUND); next.isBefore(until); next = next.plus(ROUND)) {
      engine.passUntil(next);
      if (next.isBefore(phoning)) {
        for (String number : calls.waitingFor(COMPANY, "notify-by-phone")) {
          act(number, "dispatcher", "notify-by-phone", Map.of("reachedPerson", "部门值班员"));
        }
      }
    }
    engine.passUntil(until);
    passed = until;
  }

  private Actor agent() {
    return people.actor(COMPANY + ".agent");
  }

  private String take(
      String category,
      String name,
      String phone,
      String address,
      String description,
      Map<String, Object> facts,
      String... answer) {
    return calls.take(
        agent(),
        COMPANY,
        category,
        name,
        phone,
        address,
        description,
        facts,
        answer.length == 0 ? null : answer[0]);
  }

  private void act(String number, String person, String task, Map<String, Object> fields) {
    calls.does(people.actor(COMPANY + "." + person), number, task, fields);
  }

  @Override
  public void stop() {
    done = false;
  }

  @Override
  public boolean isRunning() {
    return done;
  }

  /** After the models and the people, before the web server opens. */
  @Override
  public int getPhase() {
    return 10;
  }
}
