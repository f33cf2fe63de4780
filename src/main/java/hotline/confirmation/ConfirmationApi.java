package hotline.confirmation;

import hotline.Actor;
import hotline.Conflict;
import hotline.organisation.Organisation;
import hotline.workorder.Completion;
import hotline.workorder.Completions;
import hotline.workorder.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The same sheet for those who handle the order, to print, to seal or to send on. */
@RestController
@Tag(name = "工单完成确认单")
class ConfirmationApi {
  private final Confirmations confirmations;
  private final Completions completions;
  private final Organisation organisation;
  private final SheetPrinter printer;

  ConfirmationApi(
      Confirmations confirmations,
      Completions completions,
      Organisation organisation,
      SheetPrinter printer) {
    this.confirmations = confirmations;
    this.completions = completions;
    this.organisation = organisation;
    this.printer = printer;
  }

  @Operation(summary = "《工单完成确认单》PDF；未办结的工单：409")
  @GetMapping("/api/work-orders/{number}/confirmation.pdf")
  ResponseEntity<?> pdf(@Parameter(hidden = true) Actor actor, @PathVariable String number) {
    Completion order = completions.of(number, actor);
    if (!order.status().isClosed()) {
      throw new Conflict(
          "工单" + order.number() + "当前为“" + order.status().label() + "”，办结后才有《" + Sheet.TITLE + "》");
    }
    if (order.status() == Status.WITHDRAWN) {
      throw new Conflict("工单" + order.number() + "已由客户撤回，没有《" + Sheet.TITLE + "》");
    }
    return printer
        .pdf(
            Sheet.paper(
                order, organisation.company(order.company()), confirmations.of(order.number())))
        .<ResponseEntity<?>>map(
            pdf -> ResponseEntity.ok().headers(ConfirmationPages.file(order.number())).body(pdf))
        .orElseGet(
            () ->
                ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(
                        ProblemDetail.forStatusAndDetail(
                            HttpStatus.SERVICE_UNAVAILABLE, SheetPrinter.NO_FONT)));
  }
}
