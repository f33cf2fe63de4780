package hotline.outage;

import com.fasterxml.jackson.annotation.JsonInclude;
import hotline.Actor;
import hotline.Conflict;
import hotline.Refused;
import hotline.organisation.Organisation;
import hotline.organisation.Role;
import hotline.platform.RequestDigest;
import hotline.platform.Transactions;
import hotline.workorder.LegalHold;
import hotline.workorder.Text;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
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

/** Outages for outside systems and colleagues (contract, "Outages"). */
@RestController
@RequestMapping("/api/outages")
@Tag(name = "停供")
class OutageApi {
  private static final int PAGE = 20;
  private static final int LARGEST_PAGE = 100;

  private final Outages outages;
  private final OutageRows rows;
  private final OutageViews views;
  private final Organisation organisation;
  private final Transactions transactions;
  private final RequestDigest digests;

  OutageApi(
      Outages outages,
      OutageRows rows,
      OutageViews views,
      Organisation organisation,
      Transactions transactions,
      RequestDigest digests) {
    this.outages = outages;
    this.rows = rows;
    this.views = views;
    this.organisation = organisation;
    this.transactions = transactions;
    this.digests = digests;
  }

  @Operation(
      summary = "报告停供；同一 Idempotency-Key 只报一次",
      description = "管网由工程类部门、水厂和加压泵站由生产部门报告，以停水职责表为准。")
  @PostMapping
  ResponseEntity<OutageView> report(
      @Parameter(hidden = true) Actor actor,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody OutageReport report) {
    String company = Text.required("company", "公司", report.company(), 40);
    mustBeOf(actor, company);
    String idempotencyKey = key == null ? null : Text.required("Idempotency-Key", "请求头", key, 120);
    String digest = idempotencyKey == null ? null : digests.of(report);
    Optional<String> known =
        idempotencyKey == null ? Optional.empty() : rows.numberOf(company, idempotencyKey);
    if (known.isPresent()) {
      return again(known.get(), digest, actor);
    }
    try {
      String number =
          transactions.as(actor, () -> outages.start(actor, report, idempotencyKey, digest));
      return ResponseEntity.created(
              UriComponentsBuilder.fromPath("/api/outages/{number}").build(number))
          .body(views.of(number, actor));
    } catch (DuplicateKeyException e) {
      if (idempotencyKey == null) {
        throw e;
      }
      return again(rows.numberOf(company, idempotencyKey).orElseThrow(() -> e), digest, actor);
    }
  }

  private ResponseEntity<OutageView> again(String number, @Nullable String digest, Actor actor) {
    if (digest == null || !digest.equals(rows.read(number).requestDigest)) {
      throw new Conflict("该 Idempotency-Key 已用于另一份内容，请换一个新的键");
    }
    return ResponseEntity.ok(views.of(number, actor));
  }

  @Operation(summary = "一次停供的全部内容：报告、职责、通知和记录")
  @GetMapping("/{number}")
  OutageView one(@Parameter(hidden = true) Actor actor, @PathVariable String number) {
    return views.of(number, actor);
  }

  /** Outages, newest first; {@code next} goes into {@code after} for the page behind it. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Page(List<OutageLine> items, @Nullable String next) {}

  @Operation(summary = "停供列表，新的在前；current=true 只列尚未结束的；next 填入 after 取下一页")
  @GetMapping
  Page list(
      @Parameter(hidden = true) Actor actor,
      @RequestParam String company,
      @RequestParam(defaultValue = "false") boolean current,
      @RequestParam(required = false) @Nullable Long after,
      @RequestParam(required = false) @Nullable Integer size) {
    mustBeOf(actor, company);
    int most = size == null ? PAGE : size;
    if (most < 1 || most > LARGEST_PAGE) {
      throw new Refused("size", "每页条数（size）应为 1 到 " + LARGEST_PAGE);
    }
    List<OutageRows.Line> found =
        rows.list(company, current, after == null ? Long.MAX_VALUE : after, most + 1);
    List<OutageRows.Line> shown = found.size() > most ? found.subList(0, most) : found;
    return new Page(
        shown.stream().map(OutageViews::line).toList(),
        found.size() > most ? String.valueOf(shown.get(shown.size() - 1).outage().id) : null);
  }

  @Operation(summary = "保全：在解除之前，本停供及按它答复的来电什么也不删除、不去除（客服主管）")
  @PostMapping("/{number}/legal-hold")
  OutageView hold(
      @Parameter(hidden = true) Actor actor,
      @PathVariable String number,
      @RequestBody LegalHold.Asked hold) {
    mustAnswerForIt(actor, number);
    return transactions.as(
        actor,
        () -> {
          outages.holdBack(number, actor, hold.reason());
          return number;
        },
        changed -> views.of(changed, actor));
  }

  @Operation(summary = "解除保全（客服主管）")
  @DeleteMapping("/{number}/legal-hold")
  OutageView lift(@Parameter(hidden = true) Actor actor, @PathVariable String number) {
    mustAnswerForIt(actor, number);
    return transactions.as(
        actor,
        () -> {
          outages.liftHold(number, actor);
          return number;
        },
        changed -> views.of(changed, actor));
  }

  private void mustAnswerForIt(Actor actor, String number) {
    String company = outages.visible(number, actor).company;
    if (!Role.anyOf(Role.ANSWERING, actor, company)) {
      throw new AccessDeniedException("legal-hold");
    }
  }

  private void mustBeOf(Actor actor, String company) {
    if (!organisation.ids().contains(company) || !actor.mayActFor(company)) {
      throw new AccessDeniedException(company);
    }
  }
}
