package hotline.confirmation;

import hotline.confirmation.Confirmations.Confirmation;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.workorder.Completion;
import hotline.workorder.Completions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the customer reads behind the link, without a login: this one order, in few words. */
@RestController
@RequestMapping(Confirmations.PATH)
@Tag(name = "工单完成确认单")
class ConfirmationPages {
  private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

  private final Confirmations confirmations;
  private final Completions completions;
  private final Organisation organisation;
  private final SheetPrinter printer;

  ConfirmationPages(
      Confirmations confirmations,
      Completions completions,
      Organisation organisation,
      SheetPrinter printer) {
    this.confirmations = confirmations;
    this.completions = completions;
    this.organisation = organisation;
    this.printer = printer;
  }

  @Operation(summary = "客户凭短信中的链接查看，免登录")
  @GetMapping("{*token}")
  ResponseEntity<byte[]> page(@PathVariable String token) {
    return confirmations
        .opened(token.replaceFirst("^/", ""))
        .map(issued -> html(HttpStatus.OK, page(issued)))
        .orElseGet(this::unknown);
  }

  private String page(Confirmation issued) {
    Completion order = completions.of(issued.orderNumber());
    return Sheet.page(order, organisation.company(order.company()), issued, printer.canPrint());
  }

  @Operation(summary = "同一内容的 PDF，免登录")
  @GetMapping("{token}.pdf")
  ResponseEntity<byte[]> pdf(@PathVariable String token) {
    return confirmations.opened(token).map(this::pdf).orElseGet(this::unknown);
  }

  private ResponseEntity<byte[]> pdf(Confirmation issued) {
    Completion order = completions.of(issued.orderNumber());
    Company company = organisation.company(order.company());
    return printer
        .pdf(Sheet.paper(order, company, Optional.of(issued)))
        .map(pdf -> discreet(HttpStatus.OK).headers(file(order.number())).body(pdf))
        .orElseGet(
            () ->
                html(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    Sheet.note(
                        "暂时不能下载 PDF",
                        "请直接查看确认单网页。" + SheetPrinter.NO_FONT + "。",
                        organisation.companies())));
  }

  /** As a file to keep, named after the order. */
  static HttpHeaders file(String number) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_PDF);
    headers.setContentDisposition(
        ContentDisposition.attachment()
            .filename(Sheet.TITLE + number + ".pdf", StandardCharsets.UTF_8)
            .build());
    return headers;
  }

  /** Never issued, mistyped or expired: nobody learns which. */
  private ResponseEntity<byte[]> unknown() {
    return html(
        HttpStatus.NOT_FOUND,
        Sheet.note(
            "没有找到这张确认单",
            "链接不完整或已过有效期。请从短信中重新打开完整的链接；仍打不开的，请拨打服务热线，报工单编号查询。",
            organisation.companies()));
  }

  private static ResponseEntity<byte[]> html(HttpStatus status, String page) {
    return discreet(status).contentType(HTML).body(page.getBytes(StandardCharsets.UTF_8));
  }

  private static ResponseEntity.BodyBuilder discreet(HttpStatus status) {
    return ResponseEntity.status(status)
        .cacheControl(CacheControl.noStore())
        .header("Referrer-Policy", "no-referrer")
        .header("X-Robots-Tag", "noindex");
  }
}
