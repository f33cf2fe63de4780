package hotline.workorder;

import hotline.Actor;
import hotline.platform.AtTasklist;
import hotline.workorder.WorkOrderLists.Page;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The button 查单 in the Tasklist's bar, behind the web apps' own login. */
@RestController
@Hidden
@RequestMapping(AtTasklist.PATH + "/orders")
class TasklistOrdersApi {
  private final OrderDesk desk;
  private final CallerPhone phones;

  TasklistOrdersApi(OrderDesk desk, CallerPhone phones) {
    this.desk = desk;
    this.phones = phones;
  }

  @GetMapping("/companies")
  ResponseEntity<List<OrderDesk.Named>> companies(@AtTasklist Actor actor) {
    return unstored(desk.companies(actor));
  }

  /** What is looked for stands in the body: a telephone has no place in an address. */
  @PostMapping("/search")
  ResponseEntity<Page<OrderSheet.Line>> search(
      @AtTasklist Actor actor, @RequestBody OrderDesk.Wanted wanted) {
    return unstored(desk.find(actor, wanted));
  }

  @GetMapping("/{number}")
  ResponseEntity<OrderSheet> sheet(@AtTasklist Actor actor, @PathVariable String number) {
    return unstored(desk.sheet(number, actor));
  }

  @PostMapping("/{number}/acts")
  ResponseEntity<OrderSheet> act(
      @AtTasklist Actor actor, @PathVariable String number, @RequestBody OrderDesk.Done done) {
    return unstored(desk.act(number, actor, done));
  }

  @PostMapping("/{number}/phone")
  ResponseEntity<CallerPhone.Told> phone(@AtTasklist Actor actor, @PathVariable String number) {
    return unstored(phones.tell(number, actor, null));
  }

  private static <T> ResponseEntity<T> unstored(T answer) {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(answer);
  }
}
