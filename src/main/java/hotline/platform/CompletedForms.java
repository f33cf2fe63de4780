package hotline.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import hotline.Actor;
import hotline.Refused;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A completed form is a command: its fields are read into the command's record, handed over with
 * the person who filled them in, and nothing of them stays in the engine.
 */
@Component
public class CompletedForms {
  /** The few variables by which the diagrams branch; everything else was typed into a form. */
  public static final Set<String> FLOW =
      Set.of(
          "company",
          "responsible",
          "customerResponsible",
          "checkNeeded",
          "checkBy",
          "checkers",
          "acceptBy",
          "instructBy",
          "instructionNeeded",
          "gisDispatchNeeded",
          "handler",
          "workers",
          "inquireBy",
          "reviewer",
          "approvalNeeded",
          "decideBy",
          "customerToTell",
          "tellCustomerBy",
          "followUpBy",
          "platformReplyNeeded",
          "platformReplyBy",
          "recordNeeded",
          "recordBy",
          "reporter",
          "duty",
          "dutyBy",
          "isApproval");

  /** Whoever did a step goes on with its repetition; no diagram asks for it. */
  private static final String KEEPER = "keeper";

  /** By what a step ended; in a branch of its own it stays a variable of that branch. */
  private static final String OUTCOME = "outcome";

  private static final String BRANCH = "duty";

  private static final int LONGEST_NUMBER = 40;
  private static final int MOST_CHOSEN = 500;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);

  private final People people;
  private final CompanyZones zones;
  private final FormFields fields;

  CompletedForms(People people, CompanyZones zones, FormFields fields) {
    this.people = people;
    this.zones = zones;
    this.fields = fields;
  }

  /** What a module does with a command; the answer is the outcome by which the diagram branches. */
  @FunctionalInterface
  public interface Handler<C> {
    @Nullable String handle(String number, Actor by, C command, Map<String, Object> more);
  }

  /** The listener that hands the completed form over as a command of this type. */
  public <C extends Record> TaskListener as(Class<C> type, Handler<C> handler) {
    return task -> {
      String number = task.getExecution().getProcessBusinessKey();
      Map<String, Object> typed = take(task.getExecution());
      C command =
          command(
              type, typed, zones.of(String.valueOf(task.getExecution().getVariable("company"))));
      String outcome = handler.handle(number, people.current(), command, typed);
      if (outcome != null) {
        task.getExecution().setVariable("outcome", outcome);
      }
    };
  }

  /** What a module does with a form that has no command of its own. */
  @FunctionalInterface
  public interface StepHandler {
    void handle(String number, Actor by, String step, Map<String, Object> typed);
  }

  /**
   * For a step that a process designer has drawn: its form has no command, what was typed goes on
   * the record, and a field named outcome is the word by which the diagram may branch.
   */
  public TaskListener asStep(StepHandler handler) {
    return task -> {
      String number = task.getExecution().getProcessBusinessKey();
      Map<String, Object> typed = take(task.getExecution());
      Object outcome = typed.remove("outcome");
      String step = task.getName() == null ? "" : task.getName().replaceFirst(" · .*", "");
      Map<String, Object> labelled = new LinkedHashMap<>();
      typed.forEach((field, value) -> labelled.put(fields.label(field), value));
      handler.handle(number, people.current(), step, labelled);
      if (outcome != null && !String.valueOf(outcome).isBlank()) {
        task.getExecution().setVariable("outcome", String.valueOf(outcome));
      }
    };
  }

  /** The same for a start form, whose order has no number and no company yet. */
  public <C extends Record> C started(Class<C> type, VariableScope execution, ZoneId zone) {
    return command(type, take(execution), zone);
  }

  public Actor actor() {
    return people.current();
  }

  /** Not for a form to set. */
  public static boolean isFlow(String name) {
    return FLOW.contains(name) || name.equals(KEEPER);
  }

  /** What a form sends stands with the execution; nothing is ever kept with a task itself. */
  private static Map<String, Object> take(VariableScope scope) {
    Map<String, Object> typed = new LinkedHashMap<>();
    for (String name : Set.copyOf(scope.getVariableNames())) {
      if (!isFlow(name)) {
        typed.put(name, scope.getVariable(name));
        if (name.equals(OUTCOME) && scope.hasVariable(BRANCH)) {
          scope.setVariable(OUTCOME, null);
        } else {
          scope.removeVariable(name);
        }
      }
    }
    return typed;
  }

  private static <C extends Record> C command(
      Class<C> type, Map<String, Object> typed, ZoneId zone) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Object value = typed.remove(component.getName());
      if (value instanceof String text && text.isBlank()) {
        value = null;
      }
      fields.put(
          component.getName(),
          value == null ? null : converted(component.getName(), component.getType(), value, zone));
    }
    try {
      return JSON.convertValue(fields, type);
    } catch (IllegalArgumentException e) {
      if (e.getCause() instanceof JsonMappingException wrong && !wrong.getPath().isEmpty()) {
        throw new Refused(
            wrong.getPath().get(0).getFieldName(),
            "字段 " + wrong.getPath().get(0).getFieldName() + " 的内容格式不对，请重新填写");
      }
      throw e;
    }
  }

  private static Object converted(String field, Class<?> type, Object value, ZoneId zone) {
    Supplier<Refused> number = () -> new Refused(field, "字段 " + field + " 应为数字");
    if (type == String.class) {
      if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
        throw new Refused(field, "字段 " + field + " 应为文字");
      }
      return String.valueOf(value);
    }
    if (type == Boolean.class) {
      return switch (String.valueOf(value)) {
        case "true" -> Boolean.TRUE;
        case "false" -> Boolean.FALSE;
        default -> throw new Refused(field, "字段 " + field + " 应为“是”（true）或“否”（false）");
      };
    }
    if (type == Integer.class || type == BigDecimal.class) {
      String text = String.valueOf(value).strip();
      if (text.length() > LONGEST_NUMBER) {
        throw number.get();
      }
      try {
        BigDecimal decimal = new BigDecimal(text);
        return type == Integer.class ? (Object) decimal.intValueExact() : decimal;
      } catch (ArithmeticException e) {
        throw new Refused(field, "字段 " + field + " 应为整数");
      } catch (NumberFormatException e) {
        throw number.get();
      }
    }
    if (type == OffsetDateTime.class) {
      return moment(field, String.valueOf(value).strip(), zone).toString();
    }
    if (type == List.class) {
      return chosen(field, value);
    }
    if (type == LocalDate.class) {
      return parsed(field, String.valueOf(value).strip(), LocalDate::parse, "日期，例如 2026-11-16")
          .toString();
    }
    return value;
  }

  /** A list as the engine takes it: JSON; refused when it holds anything but texts. */
  public static String written(String field, Object list) {
    try {
      String text = list instanceof String given ? given : JSON.writeValueAsString(list);
      chosen(field, text);
      return text;
    } catch (JsonProcessingException e) {
      throw notChosen(field);
    }
  }

  /** What was chosen in a list: JSON texts, however the engine hands them over. */
  private static List<String> chosen(String field, Object value) {
    try {
      JsonNode list = JSON.readTree(String.valueOf(value));
      List<String> chosen = new ArrayList<>();
      for (JsonNode each : list) {
        if (!each.isTextual() || each.textValue().length() > 100) {
          throw notChosen(field);
        }
        chosen.add(each.textValue());
      }
      if (!list.isArray() || chosen.size() > MOST_CHOSEN) {
        throw notChosen(field);
      }
      return chosen;
    } catch (JsonProcessingException e) {
      throw notChosen(field);
    }
  }

  private static Refused notChosen(String field) {
    return new Refused(
        field, "字段 " + field + " 应为文字的列表，例如 [\"A-1\", \"A-2\"]，最多" + MOST_CHOSEN + "项");
  }

  private static OffsetDateTime moment(String field, String text, ZoneId zone) {
    return parsed(
        field,
        text,
        given ->
            given.matches(".*([zZ]|[+-]\\d{2}:?\\d{2})$") && given.length() > 16
                ? OffsetDateTime.parse(given)
                : LocalDateTime.parse(given.replace(' ', 'T')).atZone(zone).toOffsetDateTime(),
        "时间，例如 2026-11-16T15:20:00+08:00");
  }

  private static <T> T parsed(String field, String text, Function<String, T> parser, String form) {
    try {
      return parser.apply(text);
    } catch (DateTimeException e) {
      throw new Refused(field, "字段 " + field + " 应为" + form);
    }
  }
}
