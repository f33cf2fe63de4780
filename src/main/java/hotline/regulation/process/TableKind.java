package hotline.regulation.process;

import hotline.regulation.CallbackRule;
import hotline.regulation.DutyRule;
import hotline.regulation.ExtensionRule;
import hotline.regulation.GradingRule;
import hotline.regulation.IntakeRule;
import hotline.regulation.Matter;
import hotline.regulation.OutageMatter;
import hotline.regulation.RoutingRule;
import hotline.regulation.TimeLimitRule;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables that every company has: what each is asked, and the record that its rows fill. */
enum TableKind {
  INTAKE(IntakeRule.class, "category", "subcategory"),
  GRADING(
      GradingRule.class,
      "category",
      "subcategory",
      "urgent",
      "largeArea",
      "disturbsTraffic",
      "networkPart",
      "lawsuit",
      "mediaExposure",
      "jointComplainants",
      "customerRepeats",
      "complainantsInMonth"),
  ROUTING(
      RoutingRule.class,
      "category",
      "subcategory",
      "district",
      "asset",
      "meterSide",
      "networkPart",
      "underWarranty",
      "level",
      "departmentComplainedOf"),
  TIME_LIMITS(TimeLimitRule.class, "category", "subcategory", "level", "networkPart", "rework"),
  EXTENSION_POLICY(ExtensionRule.class, "category", "level", "cause"),
  CALLBACK_POLICY(CallbackRule.class, "category", "level", "rework", "wantsCallback"),
  OUTAGE_DUTIES(
      DutyRule.class,
      "occasion",
      "effect",
      "kind",
      "origin",
      "affectedPopulation",
      "keyCustomers",
      "mainRoad");

  private static final Map<Class<?>, String> TYPES =
      Map.of(String.class, "string", boolean.class, "boolean", int.class, "integer");

  private final Class<? extends Record> rule;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> inputs;

  TableKind(Class<? extends Record> rule, String... inputs) {
    this.rule = rule;
    this.inputs = List.of(inputs);
  }

  String table() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String fileName() {
    return table() + ".dmn";
  }

  /** Whether one row answers; an order has several time limits, an outage several duties. */
  boolean isUnique() {
    return this != TIME_LIMITS && this != OUTAGE_DUTIES;
  }

  /** The input columns and their types. */
  Map<String, String> inputs() {
    Map<String, String> matter = types(Matter.class);
    matter.putAll(types(OutageMatter.class));
    Map<String, String> columns = new LinkedHashMap<>();
    for (String column : inputs) {
      boolean yesOrNo = column.equals("rework") || column.equals("wantsCallback");
      columns.put(column, matter.getOrDefault(column, yesOrNo ? "boolean" : "string"));
    }
    return columns;
  }

  /** The output columns and their types. */
  Map<String, String> outputs() {
    return types(rule);
  }

  private static Map<String, String> types(Class<? extends Record> record) {
    Map<String, String> types = new LinkedHashMap<>();
    for (RecordComponent component : record.getRecordComponents()) {
      types.put(component.getName(), TYPES.getOrDefault(component.getType(), ""));
    }
    return types;
  }
}
