package hotline.workorder;

import hotline.Actor;
import hotline.platform.AtTasklist;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The button 显示号码 in the Tasklist's forms, behind the web apps' own login. */
@RestController
@Hidden
class TasklistPhoneApi {
  private final CallerPhone phones;

  TasklistPhoneApi(CallerPhone phones) {
    this.phones = phones;
  }

  @PostMapping(AtTasklist.PATH + "/tasks/{id}/phone")
  ResponseEntity<CallerPhone.Told> phone(@AtTasklist Actor actor, @PathVariable String id) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(phones.tellAtTask(id, actor));
  }
}
