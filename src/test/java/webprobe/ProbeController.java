package webprobe;

import hotline.Actor;
import hotline.Conflict;
import hotline.NotFound;
import hotline.Refused;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A controller as the modules write them; outside of hotline, so that no scan finds it. */
@RestController
public class ProbeController {
  public enum Channel {
    PHONE,
    SMS
  }

  public record Caller(String phone, Boolean wantsCallback) {}

  public record Facts(Integer pipeDiameterMm) {}

  public record Order(
      String company,
      Caller caller,
      Facts facts,
      Channel channel,
      Instant receivedAt,
      List<Caller> more) {
    public Order {
      if ("nobody".equals(company)) {
        throw new Refused("company", "没有这家公司（company）");
      }
    }
  }

  @GetMapping("/api/probe/me")
  public Map<String, Object> me(Actor actor) {
    return Map.of("id", actor.id(), "groups", new TreeSet<>(actor.groups()));
  }

  @PostMapping("/api/probe/orders")
  public Map<String, Object> take(
      Actor actor, @RequestHeader("Idempotency-Key") String key, @RequestBody Order order) {
    return Map.of("key", key, "company", order.company());
  }

  @GetMapping("/api/probe/search")
  public Map<String, Object> search(
      @RequestParam Integer size,
      @RequestParam(required = false) Instant from,
      @RequestParam(required = false) LocalDate on) {
    return Map.of("size", size, "from", String.valueOf(from));
  }

  @GetMapping("/api/probe/things/{id}")
  public long thing(@PathVariable long id) {
    return id;
  }

  @GetMapping("/api/probe/fail")
  public void fail(@RequestParam String how) {
    throw switch (how) {
      case "refused" -> new Refused("reason", "请填写退回原因（reason）");
      case "wrapped" ->
          new ProcessEngineException("ENGINE-03051", new Refused("reason", "请填写退回原因（reason）"));
      case "missing" -> new NotFound("没有工单 YF-1");
      case "conflict" -> new Conflict("工单 YF-1 已办结");
      case "deadlock" -> new CannotAcquireLockException("row of 13800000000");
      case "optimistic" -> new OptimisticLockingException("ENGINE-03005");
      default -> new IllegalStateException("the caller's number is 13800000000");
    };
  }

  @GetMapping("/public/probe")
  public String everybody() {
    return "ok";
  }
}
