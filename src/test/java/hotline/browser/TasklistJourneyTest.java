package hotline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import hotline.LogLines;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** People do their work in the browser, with nothing but what they see there. */
@DisplayName("在浏览器里办一张工单")
class TasklistJourneyTest extends Journey {
  private static final String AGENT = "yunfu-water.agent";
  private static final String DISPATCHER = "yunfu-water.dispatcher";
  private static final String ENGINEERING = "yunfu-water.engineering";

  @Test
  @DisplayName("投诉：坐席受理，工程公司接单、联系、回单，坐席回访满意，工单办结")
  void complaintFromCallToClosure() {
    Seat agent = Seat.of(chromium, product, AGENT);
    agent.picture("01-坐席的任务列表");
    agent.startsProcess("热线工单");
    agent.fills("联系电话（必填）", "13800002001");
    agent.fills("客户姓名", "周婷");
    agent.fills("详细地址", "云城区河口街道2栋");
    agent.fills("反映内容（必填）", "投诉上门维修人员迟到两小时");
    agent.picture("02-登记来电");
    agent.sendsStart();

    String number = agent.opensTask("受理来电");
    agent.claims();
    assertThat(agent.field("联系电话（必填）")).hasValue("13800002001");
    assertThat(agent.field("反映内容（必填）")).hasValue("投诉上门维修人员迟到两小时");
    assertThat(agent.page.getByText("被投诉的部门")).hasCount(0);
    agent.chooses("类别（必填）", "投诉");
    assertThat(agent.page.getByText("请问客户")).isVisible();
    assertThat(agent.page.getByText("请问您要投诉哪个部门")).isVisible();
    agent.chooses("被投诉的部门", "工程公司");
    agent.ticks("转承办部门办理");
    agent.picture("03-受理来电");
    agent.completes();

    Seat engineering = Seat.of(chromium, product, ENGINEERING);
    engineering.opensTask("接单", number);
    // the party complained of
    assertThat(engineering.field("客户")).hasValue(Pattern.compile("姓名、电话和地址不提供"));
    assertThat(engineering.page.locator(".desk-phone")).hasCount(0);
    assertThat(engineering.field("反映内容")).hasValue("投诉上门维修人员迟到两小时");
    assertThat(engineering.field("本步时限")).hasValue(Pattern.compile("前接单（第九条）"));
    engineering.claims();
    engineering.ticks("退回（不属于本部门，或信息缺失、有误）");
    engineering.sends();
    engineering.reads("请填写退回原因");
    engineering.picture("04-退回没有写原因");
    engineering.closesTheNotice();
    assertThat(engineering.field("退回（不属于本部门，或信息缺失、有误）")).isChecked();
    engineering.ticks("接单");
    engineering.fills("承办人", "王师傅");
    engineering.picture("05-接单");
    engineering.completes();

    engineering.opensTask("联系客户", number);
    engineering.claims();
    engineering.fills("联系情况", "已致电道歉，约定下午上门");
    engineering.picture("06-联系客户");
    engineering.completes();

    engineering.opensTask("办理并回单", number);
    engineering.claims();
    engineering.ticks("已办完");
    engineering.fills("维修措施", "当面道歉，重新检修");
    engineering.sends();
    engineering.reads("请填写处理结果");
    engineering.closesTheNotice();
    assertThat(engineering.field("维修措施")).hasValue("当面道歉，重新检修");
    assertThat(product.order(number).path("status").asText()).isEqualTo("IN_PROGRESS");
    engineering.fills("处理结果说明（必填）", "已核实并当面致歉");
    engineering.picture("07-办理并回单");
    engineering.completes();

    agent.opensTask("电话回访", number);
    assertThat(agent.field("承办部门的回单")).hasValue(Pattern.compile("已核实并当面致歉"));
    assertThat(agent.field("客户")).hasValue("周婷  138****2001");
    agent.claims();
    agent.page.getByText("显示号码").click();
    assertThat(agent.page.locator(".desk-phone")).hasText("13800002001");
    agent.ticks("已接通");
    agent.ticks("已解决");
    agent.chooses("客户是否满意（接通时必填）", "满意");
    agent.picture("08-电话回访");
    agent.completes();

    assertThat(product.order(number).path("status").asText()).isEqualTo("CLOSED");
    assertThat(product.order(number).path("department").path("code").asText())
        .isEqualTo("engineering");
    assertThat(product.order(number).path("worker").asText()).isEqualTo("王师傅");
    assertThat(product.record(number))
        .startsWith("登记来电")
        .containsSubsequence("派单", "接单", "联系客户", "回单", "查看号码", "回访", "办结");
    assertThat(product.tasks(number, AGENT)).isEmpty();

    // a shared desk: no draft of a caller stays in the browser, nor is one offered to be kept
    agent.page.evaluate("localStorage.setItem('camunda-form:1', '13800002001')");
    agent.page.reload();
    assertThat(agent.page.locator("section.tasks-list")).isVisible();
    assertThat(agent.page.evaluate("JSON.stringify(localStorage)").toString())
        .doesNotContain("13800002001");
    assertThat(agent.page.locator(".form-actions button[ng-click^='save']:visible")).hasCount(0);
    agent.leaves();
    engineering.leaves();
  }

  @Test
  @DisplayName("爆管：领导指示、GIS派单、电话通知、接单各到各人，别的部门看不到；已有人办的，后来的人读到是谁")
  void everybodySeesTheirOwn() {
    String number =
        product.call(
            "yunfu-water",
            "BURST",
            "yuncheng",
            "主管爆裂，路面积水，影响交通",
            Map.of("asset", "PIPE", "pipeDiameterMm", 400, "urgent", true));

    Seat dispatcher = Seat.of(chromium, product, DISPATCHER);
    assertThat(dispatcher.task("在GIS系统派单", number)).isVisible();
    // the mail did not get through: somebody must phone
    assertThat(dispatcher.task("电话通知承办部门", number)).isVisible();
    assertThat(dispatcher.tasksOf(number)).hasCount(2);
    dispatcher.picture("11-调度员的任务列表");
    dispatcher.opensTask("电话通知承办部门", number);
    dispatcher.picture("12-电话通知承办部门");

    Seat leader = Seat.of(chromium, product, "yunfu-water.business-leader");
    assertThat(leader.tasksOf(number)).hasCount(1);
    leader.opensTask("下达处置意见", number);
    leader.picture("13-下达处置意见");
    leader.leaves();

    Seat engineering = Seat.of(chromium, product, ENGINEERING);
    assertThat(engineering.tasksOf(number)).hasCount(1);
    assertThat(engineering.task("接单", number)).isVisible();
    engineering.leaves();

    Seat production = Seat.of(chromium, product, "yunfu-water.production");
    for (String list : List.of("本组待办", "我的任务", "本组处理中", "已超期", "一天内到期")) {
      production.opens(list);
      assertThat(production.page.locator("[cam-tasklist-filters] .active")).containsText(list);
      assertThat(production.page.getByText("没有符合筛选条件的任务")).isVisible();
      assertThat(production.tasksOf(number)).hasCount(0);
    }
    assertThat(product.tasks(number, "yunfu-water.production")).isEmpty();
    production.leaves();

    // the dispatcher's screen stands still while a colleague does the task
    dispatcher.page.route("**/filter/**", route -> {});
    product.does(DISPATCHER, number, "notify-by-phone", Map.of("reachedPerson", "李强"));
    dispatcher.page.locator("button.claim").click();
    dispatcher.reads("由 云浮市自来水 调度员 办理，请刷新列表");
    dispatcher.picture("14-已由别人办理");
    dispatcher.leaves();
  }

  @Test
  @DisplayName("客户再来电：坐席查单，读到现在等谁办，催办、补充、撤单都不离开手上的任务；部门只能看")
  void customerRingsAgain() {
    String number =
        product.call("yunfu-water", "LEAK", "yuncheng", "桥头水管漏水", Map.of("asset", "PIPE"));
    Seat agent = Seat.of(chromium, product, AGENT);
    agent.looksUp("没有这样的话");
    agent.isTold("没有找到");
    agent.looksUp("桥头水管");
    assertThat(agent.lookedUp().locator("h3")).containsText(number + " · 报漏");
    assertThat(agent.reading("现在等谁办")).containsText("接单：工程公司");
    assertThat(agent.reading("现在等谁办")).containsText("前");
    assertThat(agent.reading("各项时限")).containsText("第九条");
    assertThat(agent.reading("客户")).containsText("****");
    agent.reading("客户").getByText("显示号码").click();
    assertThat(agent.reading("客户")).not().containsText("显示号码");
    agent.picture("16-查单");

    agent.saysForTheCustomer("补充", "");
    agent.isTold("请填写补充的内容");
    agent.lookedUp().locator("textarea").fill("井盖旁边，有围挡");
    agent.lookedUp().getByText("确定补充").click();
    agent.isTold(number + " 已补充");
    agent.saysForTheCustomer("催办", "已经等了两个小时");
    agent.isTold(number + " 已催办");
    assertThat(agent.lookedUp().locator("h3")).containsText("客户已催办1次");
    assertThat(agent.reading("办理记录")).containsText("已经等了两个小时");
    agent.picture("17-催办");
    // refused after the next order was opened: it says which one it was about
    String other = product.call("yunfu-water", "LEAK", "yuncheng", "巷尾水管漏水", Map.of());
    agent.looksUp("巷尾水管");
    assertThat(agent.lookedUp().locator("h3")).containsText(other);
    Deque<Route> held = new ArrayDeque<>();
    agent.page.route("**/acts", held::add);
    agent.saysForTheCustomer("催办", "又等了两个小时");
    agent.page.waitForCondition(() -> !held.isEmpty());
    agent.looksUp(number);
    assertThat(agent.lookedUp().locator("h3")).containsText(number);
    product.withdraw(other);
    held.remove().resume();
    agent.isTold(other + " 未能催办：");
    agent.page.unroute("**/acts");

    Seat engineering = Seat.of(chromium, product, ENGINEERING);
    engineering.opensTask("接单", number);
    assertThat(engineering.field("编号、类别、状态")).hasValue(Pattern.compile("客户已催办1次"));
    engineering.looksUp(number);
    assertThat(engineering.lookedUp().locator("h3")).containsText(number);
    assertThat(engineering.reading("办理记录")).containsText("井盖旁边，有围挡");
    assertThat(engineering.lookedUp().locator(".orders-acts button")).hasCount(0);
    engineering.page.keyboard().press("Escape");
    assertThat(engineering.field("编号、类别、状态")).hasValue(Pattern.compile(number));

    agent.saysForTheCustomer("撤单", "物业已修好");
    agent.isTold(number + " 已撤单");
    assertThat(agent.reading("现在等谁办")).containsText("已撤单");
    assertThat(agent.lookedUp().locator(".orders-acts button")).hasCount(0);
    assertThat(product.order(number).path("status").asText()).isEqualTo("WITHDRAWN");
    assertThat(product.record(number)).containsSubsequence("查看号码", "补充", "催办", "撤单");
    // a shared desk: nothing of the caller stays in the page, nor comes into it later
    agent.page.keyboard().press("Escape");
    assertThat(agent.page.locator("body")).not().containsText("桥头水管");
    agent.looksUp(number);
    assertThat(agent.reading("反映内容")).containsText("桥头水管");
    agent.page.route("**/orders/" + number, held::add);
    agent.looksUp(number);
    agent.page.waitForCondition(() -> !held.isEmpty());
    agent.page.keyboard().press("Escape");
    assertThat(agent.page.locator("body")).not().containsText("桥头水管");
    agent.page.waitForResponse("**/orders/" + number, held.remove()::resume).finished();
    agent.page.evaluate("() => new Promise(requestAnimationFrame)");
    assertThat(agent.page.content()).doesNotContain("桥头水管");
    engineering.page.reload();
    assertThat(engineering.page.locator("section.tasks-list")).isVisible();
    assertThat(engineering.tasksOf(number)).hasCount(0);
    agent.leaves();
    engineering.leaves();
  }

  @Test
  @DisplayName("燃气投诉：调度员核实，事业部办理，事业部领导和客服主管先后审核，坐席回访，工单办结")
  void gasComplaintIsReviewedTwice() {
    Seat agent = Seat.of(chromium, product, "gas.agent");
    String number = agent.hears("13800003001", "建设西路21号4栋", "西区", "维修人员没有修好就走了");
    agent.chooses("类别（必填）", "投诉");
    assertThat(agent.page.getByText("请问客户")).isVisible();
    assertThat(agent.field("附近标志")).hasCount(0);
    agent.chooses("被投诉的部门", "西区抢维修所");
    agent.ticks("转承办部门办理");
    agent.formPicture("31-燃气-受理来电");
    agent.completes();

    Seat dispatcher = Seat.of(chromium, product, "gas.dispatcher");
    dispatcher.takes("核对派单", number);
    assertThat(dispatcher.field("本步时限")).hasValue(Pattern.compile("前派单（第十四条（六）"));
    // what this company never asks cannot be corrected either
    assertThat(dispatcher.page.getByText("管网部位")).hasCount(0);
    assertThat(dispatcher.field("备注（上调级别的须写理由）")).hasCount(0);
    dispatcher.ticks("派给承办部门");
    assertThat(dispatcher.field("按规程应派的部门")).hasValue("西区事业部");
    dispatcher.fills("备注（上调级别的须写理由）", "已核实，投诉有效");
    dispatcher.formPicture("32-燃气-核对派单");
    dispatcher.completes();
    dispatcher.leaves();

    Seat division = Seat.of(chromium, product, "gas.division-west");
    accepts(division, number, "罗敏");
    reports(division, number, "情况属实，已道歉并重新维修");
    division.leaves();

    for (String reviewer : List.of("gas.division-west-leader", "gas.service-manager")) {
      Seat leader = Seat.of(chromium, product, reviewer);
      leader.takes("审核回复", number);
      assertThat(leader.field("承办部门的回单")).hasValue(Pattern.compile("已道歉并重新维修"));
      leader.ticks("通过");
      leader.formPicture("33-燃气-审核回复-" + reviewer);
      leader.completes();
      leader.leaves();
    }

    agent.takes("电话回访", number);
    assertThat(agent.field("客户说的与承办部门的回单不符（退回重办）")).hasCount(0);
    agent.ticks("已接通");
    assertThat(agent.field("客户说的与承办部门的回单不符（退回重办）")).isVisible();
    assertThat(agent.page.getByText("请客户评价接工人员")).hasCount(0);
    satisfied(agent, "34-燃气-电话回访");
    assertThat(product.record(number))
        .containsSubsequence("核对派单", "派单", "接单", "回单", "审核通过", "审核通过", "回访", "办结");
    assertClosed(number);
  }

  @Test
  @DisplayName("供热不热：调度员核对，副职接单并指定承办人，运营部联系、回单，调度员审核，坐席回访并请客户评价，工单办结")
  void heatIsAcceptedByTheDeputyHead() {
    Seat agent = Seat.of(chromium, product, "wuda-heat.agent");
    String number = agent.hears("13800005001", "新达小区8号楼", "新达", "暖气不热，室温15度");
    agent.chooses("类别（必填）", "不热");
    agent.fills("什么时候开始", "昨天起");
    agent.fills("影响范围", "一户");
    agent.ticks("转承办部门办理");
    agent.formPicture("41-供热-受理来电");
    agent.completes();

    Seat dispatcher = Seat.of(chromium, product, "wuda-heat.dispatcher");
    dispatcher.takes("核对派单", number);
    assertThat(dispatcher.page.getByText("表前还是表后")).hasCount(0);
    dispatcher.ticks("派给承办部门");
    assertThat(dispatcher.field("按规程应派的部门")).hasValue("第一运营部");
    dispatcher.completes();

    Seat deputy = Seat.of(chromium, product, "wuda-heat.operations-1-leader");
    deputy.takes("接单", number);
    deputy.ticks("接单");
    deputy.fills("承办人", "贺军");
    deputy.formPicture("42-供热-接单");
    deputy.completes();
    deputy.leaves();

    Seat operations = Seat.of(chromium, product, "wuda-heat.operations-1");
    operations.takes("联系客户", number);
    operations.fills("联系情况", "约定一小时内上门");
    operations.completes();
    reports(operations, number, "已放气，室温21度");
    operations.leaves();

    dispatcher.takes("审核回复", number);
    assertThat(dispatcher.field("承办部门的回单")).hasValue(Pattern.compile("承办人：贺军"));
    dispatcher.ticks("通过");
    dispatcher.completes();
    dispatcher.leaves();

    agent.takes("电话回访", number);
    assertThat(agent.field("本步时限")).hasValue(Pattern.compile("前回访（第三条第7项"));
    agent.ticks("已接通");
    agent.chooses("请客户评价接工人员", "满意");
    satisfied(agent, "43-供热-电话回访");
    assertThat(product.record(number)).containsSubsequence("接单", "联系客户", "回单", "审核通过", "回访", "办结");
    assertClosed(number);
  }

  @Test
  @DisplayName("供水维修爆管：调度员核对，维修队接单、到场、止水、回单，回访后办结，调度员回填，客户打开确认单")
  void crewContainsAndTheCustomerReadsTheSheet() {
    Seat agent = Seat.of(chromium, product, "water-repair.agent");
    String number = agent.hears("13800004001", "东风路45号", "东片区", "路口水管爆裂，水喷到马路上");
    agent.chooses("类别（必填）", "爆管");
    agent.ticks("情况紧急（例如水流很大、路面塌陷、危及人身安全）");
    agent.ticks("影响交通");
    agent.fills("已告知客户的处理流程和预计反馈时间", "30分钟内到场");
    agent.ticks("转承办部门办理");
    agent.formPicture("51-供水维修-受理来电");
    agent.completes();

    Seat dispatcher = Seat.of(chromium, product, "water-repair.dispatcher");
    dispatcher.takes("核对派单", number);
    assertThat(dispatcher.field("编号、类别、状态")).hasValue(Pattern.compile("紧急级"));
    dispatcher.ticks("派给承办部门");
    assertThat(dispatcher.field("按规程应派的部门")).hasValue("东片区维修队");
    dispatcher.fills("详细地址（精确到楼栋单元）", "东风路45号门前路口");
    dispatcher.formPicture("52-供水维修-核对派单");
    dispatcher.completes();

    Seat crew = Seat.of(chromium, product, "water-repair.crew-east");
    accepts(crew, number, "李队");
    crew.takes("报告到场", number);
    assertThat(crew.field("地点")).hasValue(Pattern.compile("东风路45号门前路口"));
    crew.fills("现场情况", "DN150管爆裂");
    crew.fills("已采取的安全措施", "已围挡");
    crew.formPicture("53-供水维修-报告到场");
    crew.completes();
    crew.takes("报告止水", number);
    crew.fills("现场情况", "已关阀止水");
    crew.completes();
    reports(crew, number, "已更换爆裂管段，恢复供水");
    crew.leaves();

    agent.takes("电话回访", number);
    agent.ticks("已接通");
    agent.chooses("服务态度", "满意");
    satisfied(agent, "54-供水维修-电话回访");
    assertClosed(number);

    dispatcher.takes("回填处理结果", number);
    dispatcher.fills("维修措施", "更换DN150球墨管2米");
    dispatcher.fills("更换部件", "抢修节2只");
    dispatcher.formPicture("55-供水维修-回填处理结果");
    dispatcher.completes();
    dispatcher.leaves();
    assertThat(product.record(number)).containsSubsequence("到场", "止水", "回单", "回访", "办结", "回填处理结果");

    Page customer = chromium.page();
    String link = product.closingSms(number);
    customer.navigate(product.url(link.substring(link.indexOf("/public/confirmations/"))));
    assertThat(customer.locator("body")).containsText("工单完成确认单");
    assertThat(customer.locator("body")).containsText(number);
    assertThat(customer.locator("body")).containsText("更换DN150球墨管2米");
    picture(customer, "56-供水维修-工单完成确认单");
    customer.context().close();
  }

  @Test
  @DisplayName("银川漏水：坐席选子类并照口径询问，管网中心接单、到场、止水、当日回单，本周第一单电话回访，工单办结")
  void itemOfTheAnnexIsChosen() {
    Seat agent = Seat.of(chromium, product, "yinchuan-water.agent");
    String number = agent.hears("13800002004", "解放东街77号", "兴庆区", "路面冒水，快漫到店铺");
    assertThat(agent.page.getByText("子类")).hasCount(0);
    agent.chooses("类别（必填）", "漏水");
    assertThat(agent.unfolds("子类"))
        .hasText(new String[] {"IC卡表表体漏水", "一户一表用户漏水", "泵售总表用户漏水", "整条街或一片区漏水"});
    agent.page.getByText("整条街或一片区漏水").click();
    assertThat(agent.page.getByText("请问漏点在表前还是表后，水流急不急，是否影响通行？")).isVisible();
    agent.chooses("表前还是表后", "表前");
    agent.ticks("情况紧急（例如水流很大、路面塌陷、危及人身安全）");
    agent.ticks("转承办部门办理");
    agent.formPicture("61-银川-受理来电");
    agent.completes();

    Seat network = Seat.of(chromium, product, "yinchuan-water.network-xingqing");
    accepts(network, number, "王工");
    network.takes("报告到场", number);
    assertThat(network.field("本步时限")).hasValue(Pattern.compile("前到场（第十三条"));
    network.fills("现场情况", "DN200主管接口漏水");
    network.completes();
    network.takes("报告止水", number);
    network.fills("现场情况", "已关阀");
    network.completes();
    network.opensTask("办理并回单", number);
    assertThat(network.field("本步时限")).hasValue(Pattern.compile("24:00 前办结（第十三条"));
    assertThat(network.field("为何此时到期")).hasValue(Pattern.compile("当日"));
    reports(network, number, "已更换接口，恢复供水");
    network.leaves();

    agent.takes("电话回访", number);
    agent.ticks("已接通");
    agent.chooses("工程质量", "满意");
    satisfied(agent, "62-银川-电话回访");
    assertThat(product.record(number)).containsSubsequence("接单", "到场", "止水", "回单", "回访", "办结");
    assertClosed(number);
  }

  @Test
  @DisplayName("五家公司：部门登录后只看到本公司的任务和流程，看不到别家的")
  void companiesAreApart() {
    Map<String, String> orders =
        Map.of(
            "yunfu-water.engineering",
            product.call("yunfu-water", "BURST", "yuncheng", "主管爆裂", Map.of("asset", "PIPE")),
            "yinchuan-water.ic-card-centre",
            product.call("yinchuan-water", "IC_CARD_METER", "xingqing", "插卡没有反应", Map.of()),
            "gas.east-repair",
            product.call("gas", "ALARM", "east", "楼道燃气味很浓", Map.of()),
            "water-repair.dispatcher",
            product.call("water-repair", "LEAK", "east", "单元门口漏水", Map.of()),
            "wuda-heat.network-operations-leader",
            product.call(
                "wuda-heat", "EMERGENCY", "xinda", "喷出热水", Map.of("networkPart", "PRIMARY_MAIN")));
    orders.forEach(
        (person, own) -> {
          Seat seat = Seat.of(chromium, product, person);
          assertThat(seat.tasksOf(own).first()).isVisible();
          assertThat(
                  seat.page
                      .locator("ol.tasks-list li")
                      .filter(new Locator.FilterOptions().setHasNotText(own.substring(0, 2))))
              .hasCount(0);
          orders.values().stream()
              .filter(other -> !other.equals(own))
              .forEach(
                  other -> {
                    assertThat(seat.tasksOf(other)).hasCount(0);
                    assertThat(product.tasks(other, person)).isEmpty();
                  });
          seat.picture("71-本公司的任务-" + person);
          seat.leaves();
        });
  }

  private static void accepts(Seat department, String number, String worker) {
    department.takes("接单", number);
    department.ticks("接单");
    department.fills("承办人", worker);
    department.completes();
  }

  private static void reports(Seat department, String number, String result) {
    department.takes("办理并回单", number);
    assertThat(department.field("处理结果说明（必填）")).hasCount(0);
    department.ticks("已办完");
    assertThat(department.field("书面回复人")).hasCount(0);
    department.fills("处理结果说明（必填）", result);
    department.formPicture("办理并回单-" + department);
    department.completes();
  }

  /** The customer is content; at night the reason for the call is asked for. */
  private static void satisfied(Seat agent, String picture) {
    agent.ticks("已解决");
    agent.chooses("客户是否满意（接通时必填）", "满意");
    agent.fillsIfAsked("静默时段致电理由（与客户约定在此时段的可不填）", "客户要求晚上回电");
    agent.formPicture(picture);
    agent.completes();
    agent.leaves();
  }

  private static void assertClosed(String number) {
    assertThat(product.order(number).path("status").asText()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("列表：最急的在前；很长时也一页一页按次序读；换一种次序，就按那种次序")
  void mostUrgentFirst() {
    String burst =
        product.call("yunfu-water", "BURST", "yuncheng", "主管爆裂", Map.of("asset", "PIPE"));
    String leak = product.call("yunfu-water", "LEAK", "yuncheng", "阀门井漏水", Map.of());
    product.makeListsLong(ENGINEERING);
    try (LogLines statements = new LogLines(JdbcTemplate.class)) {
      Seat engineering = Seat.of(chromium, product, ENGINEERING);
      assertThat(engineering.sortedBy()).hasText(new String[] {"优先级", "到期时间"});
      assertThat(engineering.tasksOf(burst).or(engineering.tasksOf(leak)))
          .containsText(new String[] {burst, leak});
      assertThat(statements.all())
          .anyMatch(line -> line.contains("USE INDEX (HOTLINE_IDX_TASK_URGENT)"));
      engineering.picture("18-最急的在前");
      List<String> asked = new ArrayList<>();
      engineering.page.onRequest(
          request -> {
            if (request.url().contains("/list?")) {
              asked.add(request.postData());
            }
          });
      engineering.page.navigate(product.url("/camunda/app/tasklist/default/"));
      assertThat(engineering.sortedBy()).hasText(new String[] {"优先级", "到期时间"});
      assertThat(engineering.page.locator("section.tasks-list")).isVisible();
      assertThat(asked)
          .as("never once in another order")
          .isNotEmpty()
          .allMatch(question -> question.contains("\"sorting\":[{\"sortBy\":\"priority\""));

      engineering.sorts("优先级", "创建时间");
      assertThat(engineering.sortedBy()).hasText(new String[] {"创建时间", "到期时间"});
      assertThat(engineering.tasksOf(burst).or(engineering.tasksOf(leak)))
          .containsText(new String[] {leak, burst});
      engineering.leaves();
    } finally {
      product.makeListsShort();
    }
  }

  @Test
  @DisplayName("首页和各应用的登录页是中文，只用键盘也到得了")
  void chineseFromTheFirstPage() {
    Page page = chromium.page();
    page.navigate(product.url("/"));
    assertThat(page).hasTitle("热线工单");
    picture(page, "21-首页");
    page.keyboard().press("Tab");
    Locator enter = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("进入我的任务"));
    assertThat(enter).isFocused();
    page.keyboard().press("Enter");

    assertThat(page.locator("input[type=password]")).isVisible();
    assertThat(page.locator("input[type=text]")).isFocused();
    // nothing will call the cursor back while the password is typed
    assertThat(page.locator("[autofocus]")).hasCount(0);
    page.keyboard().type(AGENT);
    page.keyboard().press("Tab");
    assertThat(page.locator("input[type=password]")).isFocused();
    page.keyboard().type(Product.PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator("section.tasks-list")).isVisible();
    // the key is known once its plugin is there, which nothing on the page tells
    page.waitForCondition(
        () -> {
          page.keyboard().press("Control+Alt+p");
          return page.locator(".modal-title").count() > 0;
        });
    assertThat(page.locator(".modal-title").first()).containsText("发起流程");
    page.context().close();

    for (String app : List.of("tasklist", "cockpit", "admin", "welcome")) {
      Page login = chromium.page();
      login.navigate(product.url("/camunda/app/" + app + "/default/"));
      assertThat(login.locator("input[type=password]")).isVisible();
      assertThat(login.locator("button[type=submit]")).hasText("登录");
      String text = login.locator("body").innerText();
      assertThat(text.replaceAll("Hotline|Cockpit|Camunda Platform|Asia/Shanghai|v7[.0-9]+", ""))
          .as(app)
          .doesNotContainPattern("[A-Za-z]{2,}");
      picture(login, "22-登录-" + app);
      login.context().close();
    }
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
  }
}
