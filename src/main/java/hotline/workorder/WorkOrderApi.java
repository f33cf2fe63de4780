package hotline.workorder;

import hotline.Actor;
import hotline.Conflict;
import hotline.Refused;
import hotline.organisation.Organisation;
import hotline.platform.RequestDigest;
import hotline.platform.Transactions;
import hotline.workorder.WorkOrderLists.Line;
import hotline.workorder.WorkOrderLists.Page;
import hotline.workorder.WorkOrderLists.Search;
import hotline.workorder.WorkOrderLists.Wanted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Work orders for outside systems: the phone system, the WeChat account, 12345 (contract). */
@RestController
@RequestMapping("/api/work-orders")
@Tag(name = "工单")
class WorkOrderApi {
  static final int PAGE = 50;
  static final int LARGEST_PAGE = 200;

  private final Intake intake;
  private final WorkOrderRows rows;
  private final WorkOrderLists lists;
  private final Organisation organisation;
  private final Transactions transactions;
  private final RequestDigest digests;
  private final CallerPhone phones;
  private final OrderDesk desk;

  WorkOrderApi(
      Intake intake,
      WorkOrderRows rows,
      WorkOrderLists lists,
      Organisation organisation,
      Transactions transactions,
      RequestDigest digests,
      CallerPhone phones,
      OrderDesk desk) {
    this.intake = intake;
    this.rows = rows;
    this.lists = lists;
    this.organisation = organisation;
    this.transactions = transactions;
    this.digests = digests;
    this.phones = phones;
    this.desk = desk;
  }

  @Operation(
      summary = "来电立单；同一 Idempotency-Key 只立一单",
      description = "receivedAt 默认为现在；早于2000年或比现在晚5分钟以上的不收。")
  @PostMapping
  ResponseEntity<WorkOrderView> take(
      @Parameter(hidden = true) Actor actor,
      @RequestHeader("Idempotency-Key") String key,
      @RequestBody IntakeRequest request) {
    String company = Text.required("company", "公司", request.company(), 40);
    mustWorkAtTheCentre(actor, company);
    String idempotencyKey = Text.required("Idempotency-Key", "请求头", key, 120);
    String digest = digests.of(request);
    Optional<String> known = rows.numberOf(company, idempotencyKey);
    if (known.isPresent()) {
      return again(known.get(), digest, actor);
    }
    try {
      WorkOrderView taken =
          transactions.as(
              actor,
              () -> intake.start(actor, request, idempotencyKey, digest),
              number -> lists.view(number, actor));
      return ResponseEntity.created(
              UriComponentsBuilder.fromPath("/api/work-orders/{number}").build(taken.number()))
          .body(taken);
    } catch (DuplicateKeyException e) {
      return again(rows.numberOf(company, idempotencyKey).orElseThrow(() -> e), digest, actor);
    }
  }

  private ResponseEntity<WorkOrderView> again(String number, String digest, Actor actor) {
    if (!digest.equals(rows.read(number).requestDigest)) {
      throw new Conflict("该 Idempotency-Key 已用于另一份内容，请换一个新的键");
    }
    return ResponseEntity.ok(lists.view(number, actor));
  }

  @Operation(summary = "一张工单的全部内容")
  @GetMapping("/{number}")
  WorkOrderView one(@Parameter(hidden = true) Actor actor, @PathVariable String number) {
    return lists.view(number, actor);
  }

  @Operation(summary = "工单列表，新的在前；next 填入 after 取下一页")
  @GetMapping
  Page<Line> list(
      @Parameter(hidden = true) Actor actor,
      @RequestParam String company,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String department,
      @RequestParam(required = false) @Nullable OffsetDateTime from,
      @RequestParam(required = false) @Nullable OffsetDateTime to,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable Integer size) {
    return lists.list(
        actor,
        new Wanted(
            company,
            status,
            department,
            Moments.given("from", "起始时间", from),
            Moments.given("to", "截止时间", to),
            after,
            size(size)));
  }

  public static int size(@Nullable Integer size) {
    if (size == null) {
      return PAGE;
    }
    if (size < 1 || size > LARGEST_PAGE) {
      throw new Refused("size", "每页条数（size）应为 1 到 " + LARGEST_PAGE);
    }
    return size;
  }

  @Operation(summary = "查找工单：个人信息只放在请求体，不放在网址")
  @PostMapping("/search")
  Page<Line> search(@Parameter(hidden = true) Actor actor, @RequestBody Search search) {
    return lists.search(actor, search, size(search.size()));
  }

  /** The customer speaks again. */
  record CustomerEvent(@Nullable String type, @Nullable String note) {}

  @Operation(summary = "催办 URGE、补充 SUPPLEMENT、撤单 WITHDRAW")
  @PostMapping("/{number}/events")
  ResponseEntity<WorkOrderView> event(
      @Parameter(hidden = true) Actor actor,
      @PathVariable String number,
      @RequestBody CustomerEvent event) {
    String type = Text.required("type", "类型", event.type(), 20).toUpperCase(Locale.ROOT);
    return ResponseEntity.status(HttpStatus.ACCEPTED)
        .body(desk.customerSays(number, actor, type, event.note(), seenBy(actor)));
  }

  private Function<String, WorkOrderView> seenBy(Actor actor) {
    return changed -> lists.view(changed, actor);
  }

  @Operation(summary = "保全：在解除之前，本工单什么也不删除、不去除（客服主管）")
  @PostMapping("/{number}/legal-hold")
  WorkOrderView hold(
      @Parameter(hidden = true) Actor actor,
      @PathVariable String number,
      @RequestBody LegalHold.Asked hold) {
    return desk.holdBack(number, actor, hold.reason(), seenBy(actor));
  }

  @Operation(summary = "解除保全（客服主管）")
  @DeleteMapping("/{number}/legal-hold")
  WorkOrderView lift(@Parameter(hidden = true) Actor actor, @PathVariable String number) {
    return desk.liftHold(number, actor, seenBy(actor));
  }

  /**
   * @param reason for the record; without one the open task says what for
   */
  record Why(@Nullable String reason) {}

  @Operation(
      summary = "来电号码全号：给要打电话的人，每次记入办理记录",
      description = "列表、检索、表单和承办部门所见的号码是掩码；本公司呼叫中心，或有本工单待办任务的部门可以查看；被投诉部门不能。")
  @PostMapping("/{number}/phone")
  CallerPhone.Told phone(
      @Parameter(hidden = true) Actor actor,
      @PathVariable String number,
      @RequestBody(required = false) @Nullable Why why) {
    return phones.tell(number, actor, why == null ? null : why.reason());
  }

  private void mustWorkAtTheCentre(Actor actor, String company) {
    if (organisation.ids().stream().noneMatch(company::equals)
        || !WorkOrderLists.isOfCentre(actor, company)) {
      throw new AccessDeniedException(company);
    }
  }
}
