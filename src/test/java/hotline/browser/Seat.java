package hotline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One person at the Tasklist, in the words of the people who sit there. */
final class Seat {
  private static final Pattern NUMBER = Pattern.compile("[A-Z]{2}\\d{8}-[TY]?\\d{3,4}");

  final Page page;
  private final String person;

  private Seat(Page page, String person) {
    this.page = page;
    this.person = person;
  }

  static Seat of(Chromium chromium, Product product, String person) {
    Page page = chromium.page();
    page.navigate(product.url("/camunda/app/tasklist/default/"));
    // the cursor is there once the page has found out that nobody is logged in
    assertThat(page.locator("input[type=text]")).isFocused();
    page.locator("input[type=text]").fill(person);
    page.locator("input[type=password]").fill(Product.PASSWORD);
    page.locator("button[type=submit]").click();
    assertThat(page.locator("section.tasks-list")).isVisible();
    return new Seat(page, person);
  }

  // ---- lists

  /** The tasks of the order, as this person's list has them. */
  Locator tasksOf(String number) {
    return page.locator("ol.tasks-list li").filter(new Locator.FilterOptions().setHasText(number));
  }

  Locator task(String name, String number) {
    return tasksOf(number).filter(new Locator.FilterOptions().setHasText(name));
  }

  void opens(String list) {
    page.locator("[cam-tasklist-filters]").getByText(list).first().click();
  }

  /** By what the list is sorted, the first first. */
  Locator sortedBy() {
    return page.locator(".sorting-choice .sort-by");
  }

  void sorts(String before, String now) {
    Locator choice =
        page.locator("li.sorting-choice")
            .filter(new Locator.FilterOptions().setHas(page.locator(".sort-by").getByText(before)));
    choice.locator("a.dropdown-toggle").click();
    choice.locator(".dropdown-menu").getByText(now).first().click();
  }

  /** Opens the only such task and answers the number of its order. */
  String opensTask(String name) {
    Locator task =
        page.locator("ol.tasks-list li").filter(new Locator.FilterOptions().setHasText(name));
    Matcher number = NUMBER.matcher(task.innerText());
    if (!number.find()) {
      throw new AssertionError("任务没有工单编号：" + task.innerText());
    }
    opensTask(name, number.group());
    return number.group();
  }

  void opensTask(String name, String number) {
    task(name, number).click();
    assertThat(page.locator("h2.task")).containsText(name);
    assertThat(field("编号、类别、状态")).hasValue(Pattern.compile(number));
  }

  void takes(String name, String number) {
    opensTask(name, number);
    claims();
  }

  void claims() {
    page.locator("button.claim").click();
    assertThat(page.locator("[cam-tasklist-task-meta] .assignee")).not().containsText("认领");
    assertThat(page.locator(".disabled-form")).hasCount(0);
  }

  // ---- forms

  Locator field(String label) {
    return form().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
  }

  /**
   * Types as somebody who looks at what is typed: while the form still draws an earlier choice
   * anew, it takes back a text that was put in within the same moment. It keeps what was typed when
   * the field is left.
   */
  void fills(String label, String text) {
    Locator field = field(label);
    for (int tries = 0; tries < 3; tries++) {
      field.fill(text);
      field.blur();
      if (field.inputValue().equals(text)) {
        return;
      }
    }
    assertThat(field).hasValue(text);
  }

  /** What the form asks at some hours only. */
  void fillsIfAsked(String label, String text) {
    if (field(label).count() > 0) {
      fills(label, text);
    }
  }

  void ticks(String label) {
    field(label).check();
  }

  void chooses(String label, String option) {
    unfolds(label).getByText(option, new Locator.GetByTextOptions().setExact(true)).click();
  }

  /** What may be chosen there. */
  Locator unfolds(String label) {
    Locator select =
        form()
            .locator(".fjs-form-field-select")
            .filter(
                new Locator.FilterOptions()
                    .setHas(page.getByText(label, new Page.GetByTextOptions().setExact(true))));
    select.locator(".fjs-input-group").click();
    return select.locator(".fjs-dropdownlist-item");
  }

  /** Adds what is found first for these characters to a list of choices. */
  void picks(String label, String typed) {
    Locator list =
        form()
            .locator(".fjs-form-field-taglist")
            .filter(
                new Locator.FilterOptions()
                    .setHas(page.getByText(label, new Page.GetByTextOptions().setExact(true))));
    Locator input = list.locator("input");
    input.click();
    input.fill(typed);
    list.locator(".fjs-dropdownlist-item")
        .filter(new Locator.FilterOptions().setHasText(typed))
        .first()
        .click();
    input.blur();
    assertThat(list.locator(".fjs-taglist-tag").last()).containsText(typed);
  }

  /** As 2026/11/27 and 06:00. */
  void fillsMoment(String label, LocalDateTime moment) {
    Locator both =
        form()
            .locator(".fjs-form-field-datetime")
            .filter(
                new Locator.FilterOptions()
                    .setHas(page.getByText(label, new Page.GetByTextOptions().setExact(true))));
    Locator inputs = both.locator("input").filter(new Locator.FilterOptions().setVisible(true));
    enters(inputs.nth(0), moment.format(DateTimeFormatter.ofPattern("yyyy/MM/dd")));
    enters(inputs.nth(1), moment.format(DateTimeFormatter.ofPattern("HH:mm")));
  }

  private static void enters(Locator input, String text) {
    for (int tries = 0; tries < 3; tries++) {
      input.fill(text);
      input.press("Enter");
      if (input.inputValue().equals(text)) {
        return;
      }
    }
    assertThat(input).hasValue(text);
  }

  private Locator form() {
    return page.locator(".fjs-container");
  }

  /** The form is sent and taken: the task leaves the screen. */
  void completes() {
    sends();
    assertThat(page.locator("h2.task")).hasCount(0);
  }

  void sends() {
    Locator complete = page.locator("[cam-tasklist-form] button.btn-primary");
    assertThat(complete).isEnabled();
    complete.click();
  }

  /** What the person is told beside the form. */
  void reads(String sentence) {
    assertThat(page.locator(".page-notifications")).containsText(sentence);
    assertThat(page.locator(".page-notifications")).not().containsText("ENGINE");
  }

  void closesTheNotice() {
    page.locator(".page-notifications button.close:visible").first().click();
  }

  // ---- a call

  void startsProcess(String name) {
    startsProcess(name, "联系电话（必填）");
  }

  /** The form to start it with is there once its first field is. */
  void startsProcess(String name, String firstField) {
    page.getByText("发起流程").first().click();
    page.locator(".modal-content")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
        .click();
    assertThat(page.getByText(firstField).first()).isVisible();
  }

  /** Types the call while the customer speaks; answers the number of its order. */
  String hears(String phone, String address, String district, String matter) {
    startsProcess("热线工单");
    fills("联系电话（必填）", phone);
    fills("详细地址", address);
    fills("区域", district);
    fills("反映内容（必填）", matter);
    sendsStart();
    String number = opensTask("受理来电");
    claims();
    return number;
  }

  void sendsStart() {
    page.locator(".modal-footer button.btn-primary").click();
    assertThat(page.locator(".modal-content")).hasCount(0);
  }

  // ---- the customer rings again

  /** Opens 查单, where it is not open yet, and looks for this. */
  void looksUp(String what) {
    if (!orders().isVisible()) {
      page.getByText("查单").first().click();
    }
    orders().getByLabel("查找内容").fill(what);
    orders().getByText("查找", new Locator.GetByTextOptions().setExact(true)).click();
  }

  private Locator orders() {
    return page.locator("dialog.orders");
  }

  /** The order that was found. */
  Locator lookedUp() {
    return orders().locator(".orders-sheet");
  }

  /** What stands there under this heading. */
  Locator reading(String label) {
    return lookedUp()
        .locator("dt")
        .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + label + "$")))
        .locator("xpath=following-sibling::dd[1]");
  }

  void saysForTheCustomer(String act, String note) {
    lookedUp().getByText(act, new Locator.GetByTextOptions().setExact(true)).click();
    lookedUp().locator("textarea").fill(note);
    lookedUp().getByText("确定" + act).click();
  }

  void isTold(String sentence) {
    assertThat(orders().locator(".orders-said")).containsText(sentence);
  }

  void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", name + ".png"))
            .setTimeout(Chromium.PATIENCE));
  }

  /** All of the form, however long it is. */
  void formPicture(String name) {
    page.setViewportSize(1400, 2400);
    picture(name);
    page.setViewportSize(1400, 900);
  }

  void leaves() {
    page.context().close();
  }

  @Override
  public String toString() {
    return person;
  }
}
