package hotline.regulation.process;

import hotline.calendar.TimeLimit;
import hotline.organisation.Company;
import hotline.organisation.Department;
import hotline.organisation.Role;
import hotline.regulation.DutyRule;
import hotline.regulation.TableRow;
import hotline.regulation.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a row can be read, names only what exists, and says where it comes from. */
final class RowCheck {
  static final Set<String> MILESTONES =
      Set.of(
          "DISPATCH",
          "NOTIFY",
          "ACCEPT",
          "CONTACT",
          "ARRIVE",
          "CONTAIN",
          "RESOLVE",
          "REPLY",
          "REVIEW",
          "CALLBACK",
          "RECORD",
          "REFUSE");
  private static final Set<String> STARTS =
      Set.of(
          "INTAKE",
          "DISPATCH",
          "ACCEPT",
          "PLAN",
          "PUSH",
          "REPORT",
          "REVIEW",
          "CLOSURE",
          "SETTLEMENT",
          "PLATFORM");
  private static final String PLATFORM_LIMIT = "平台时限";
  private static final Set<String> CHANNELS =
      Set.of(
          "PHONE",
          "SMS",
          "WECHAT",
          "WEBSITE",
          "ON_SITE",
          "BUREAU",
          "FORUM",
          "NEWSPAPER",
          "WRITTEN",
          "SYSTEM");
  private static final Set<String> CONTACTS = Set.of("KEY_CUSTOMERS", "AREA", "CALLERS");
  private static final int LONGEST_LABEL = 30;
  private static final int LONGEST_ACTION = 50;

  /** What each medium of a callback cannot do without. */
  private static final Map<String, List<String>> MEDIA =
      Map.of(
          "PHONE", List.of("attempts", "interval", "followUpBy"),
          "SMS", List.of("smsWait", "attempts", "interval", "followUpBy"),
          "DRAW", List.of("drawBlock", "smsWait", "attempts", "interval", "followUpBy"),
          "WEEKLY_DRAW", List.of("drawBlock", "attempts", "interval", "followUpBy"),
          "SETTLED", List.of("attempts", "interval", "followUpBy"),
          "ANSWER", List.of(),
          "NONE", List.of());

  /** Who is named must have a limit, and a limit must have somebody. */
  private static final Map<String, String> TOGETHER =
      Map.of(
          "instructBy", "instructWithin",
          "decideBy", "decideWithin",
          "tellCustomerBy", "tellCustomerWithin",
          "warnBefore", "warnTo",
          "quietFrom", "quietTo");

  private static final Pattern REQUIREMENT = Pattern.compile("[A-Z]{2,3}-\\S+");
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final Pattern CATEGORY = Pattern.compile("\"[A-Z_]+\"");
  private static final Pattern SUBCATEGORY = Pattern.compile("\"[A-Z0-9_]*\"");
  private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final Pattern ARTICLE = Pattern.compile("第|附录|附件|默认");

  private final TableKind kind;
  private final TableFile table;
  private final Feel feel;
  private final Set<String> departments = new TreeSet<>();
  private final Set<String> groups = new TreeSet<>();
  private final String groupsInWords;
  private final FormFile intakeForm;
  private final FormFile callbackForm;
  private final Set<String> assets = new TreeSet<>(Set.of("UNKNOWN"));
  private final Set<String> actions = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();

  RowCheck(
      TableKind kind,
      TableFile table,
      Feel feel,
      Company company,
      FormFile intakeForm,
      FormFile callbackForm) {
    this.kind = kind;
    this.table = table;
    this.feel = feel;
    this.intakeForm = intakeForm;
    this.callbackForm = callbackForm;
    assets.addAll(intakeForm.choices("asset").keySet());
    table.rows().forEach(row -> actions.add(Values.text(row.outputs(), "action")));
    for (Role role : Role.values()) {
      groups.add(role.code());
    }
    for (Department department : company.departments()) {
      departments.add(department.code());
      groups.add(department.code());
      groups.add(department.code() + "-leader");
    }
    groupsInWords =
        "岗位 "
            + Stream.of(Role.values()).map(Role::code).collect(Collectors.joining("、"))
            + "，部门 "
            + listed(departments)
            + "（其负责人加 -leader）";
  }

  /** What is wrong with the rows, in their order. */
  List<String> faults() {
    for (TableFile.Row row : table.rows()) {
      if (kind == TableKind.INTAKE) {
        taken(row);
      }
      Map<String, Object> values = read(row);
      values.forEach((column, value) -> check(row, column, String.valueOf(value), values));
      together(row, values);
      source(row, values);
    }
    return faults;
  }

  /** What the company takes is read from the cells themselves, so each names exactly one. */
  private void taken(TableFile.Row row) {
    row.inputs()
        .forEach(
            (column, cell) -> {
              Pattern one = column.equals("category") ? CATEGORY : SUBCATEGORY;
              if (!one.matcher(cell).matches()) {
                add(row, "输入 " + column + " 应只写一个带引号的大写代码，如 \"LEAK\"，现为 " + cell);
              }
            });
  }

  /** The row's answers by column; an answer that repeats an input is left out, as given by it. */
  private Map<String, Object> read(TableFile.Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    kind.outputs()
        .forEach(
            (column, type) -> {
              String cell = row.outputs().getOrDefault(column, "");
              if (type.equals("string") && cell.isEmpty()) {
                values.put(column, "");
              } else if (!row.inputs().containsKey(cell)) {
                Object value = feel.value(cell).map(answer -> typed(type, answer)).orElse(null);
                if (value == null) {
                  add(row, label(column) + "看不懂：" + cell + "（" + form(type) + "）");
                } else {
                  values.put(column, value);
                }
              }
            });
    return values;
  }

  private static @Nullable Object typed(String type, Object value) {
    return switch (type) {
      case "boolean" -> value instanceof Boolean ? value : null;
      case "integer" -> value instanceof Number number ? whole(number) : null;
      default -> value instanceof String ? value : null;
    };
  }

  private static @Nullable Integer whole(Number number) {
    return number.doubleValue() == number.intValue() ? number.intValue() : null;
  }

  private static String form(String type) {
    return switch (type) {
      case "boolean" -> "应写 true 或 false";
      case "integer" -> "应写整数";
      default -> "文字要加英文引号";
    };
  }

  private void check(TableFile.Row row, String column, String text, Map<String, Object> values) {
    if (TableRow.namesDepartment(column)) {
      words(row, column, text, departments, "不是组织文件里的部门，可写：" + listed(departments));
    } else if (TableRow.namesGroups(column)) {
      who(row, column, text);
    }
    switch (column) {
      case "questions", "answerNeeds", "needs" ->
          words(
              row, column, text, intakeForm.fields().keySet(), "不是受理表单 complete-intake.form 里的字段");
      case "asks" ->
          words(
              row,
              column,
              text,
              callbackForm.fields().keySet(),
              "不是回访表单 callback-by-phone.form 里的字段");
      case "gisAssets" -> words(row, column, text, assets, "不是设施，可写：" + listed(assets));
      case "milestone" -> one(row, column, text, MILESTONES);
      case "start" -> one(row, column, text, STARTS);
      case "medium" -> one(row, column, text, MEDIA.keySet());
      case "limit" -> {
        boolean platform = "PLATFORM".equals(values.get("start"));
        if (platform != text.equals(PLATFORM_LIMIT)) {
          add(row, label("limit") + "“平台时限”与起算点 PLATFORM 要一同写");
        } else if (!platform) {
          limit(row, column, text);
        }
      }
      case "channel" -> one(row, column, text, CHANNELS);
      case "contacts" -> {
        if (!text.isEmpty()) {
          one(row, column, text, CONTACTS);
        }
      }
      case "waitsFor" -> words(row, column, text, actions, "不是本表的职责，可写：" + listed(actions));
      case "leadTime" -> {
        if (text.endsWith("工作日") || text.equals("当日")) {
          add(row, label(column) + "“" + text + "”请改写成分钟、小时或日，从开始往前数");
        } else if (!text.isEmpty() && !text.equals(DutyRule.BEFORE_START)) {
          limit(row, column, text);
        }
      }
      case "within" -> limit(row, column, text);
      case "warnBefore",
          "instructWithin",
          "decideWithin",
          "tellCustomerWithin",
          "smsWait",
          "interval" -> {
        if (!text.isEmpty()) {
          limit(row, column, text);
        }
      }
      case "officeClose", "quietFrom", "quietTo" -> {
        if (!text.isEmpty() && !TIME_OF_DAY.matcher(text).matches()) {
          add(row, label(column) + "“" + text + "”应写成 17:30 这样的时刻");
        }
      }
      case "level" -> code(row, column, text, "NORMAL");
      case "action" -> {
        code(row, column, text, "PHONE_AREA");
        if (text.length() > LONGEST_ACTION) {
          add(row, label(column) + "最长" + LONGEST_ACTION + "个字符");
        }
      }
      case "label" -> {
        if (text.isBlank() || text.length() > LONGEST_LABEL) {
          add(row, label(column) + "应写1至" + LONGEST_LABEL + "个字");
        }
      }
      default -> {}
    }
  }

  private void who(TableFile.Row row, String column, String text) {
    Set<String> standIns = standIns(row, column);
    Set<String> known = new TreeSet<>(groups);
    known.addAll(standIns);
    String also = standIns.isEmpty() ? "" : listed(standIns) + "，";
    words(row, column, text, known, "不是本公司的岗位、部门或部门负责人，可写：" + also + groupsInWords);
  }

  /** Words for whoever handles the order or reported the outage; only the order or outage knows. */
  private Set<String> standIns(TableFile.Row row, String column) {
    if (kind != TableKind.OUTAGE_DUTIES) {
      return Set.of("DEPARTMENT", "DEPARTMENT_LEADER");
    }
    boolean asksForReporter =
        TableRow.literals(row.inputs().getOrDefault("occasion", "")).contains("REPORTER");
    return column.equals("by") && !asksForReporter ? Set.of("REPORTER") : Set.of();
  }

  private void words(
      TableFile.Row row, String column, String text, Set<String> known, String otherwise) {
    List<String> unknown = Words.of(text).stream().filter(word -> !known.contains(word)).toList();
    if (!unknown.isEmpty()) {
      add(row, label(column) + "写的 " + String.join("、", unknown) + " " + otherwise);
    }
  }

  private void one(TableFile.Row row, String column, String word, Set<String> known) {
    if (!known.contains(word)) {
      String what = word.isEmpty() ? "没有填写" : "写的 " + word + " 不存在";
      add(row, label(column) + what + "，可写：" + listed(known));
    }
  }

  private void code(TableFile.Row row, String column, String text, String example) {
    if (!CODE.matcher(text).matches()) {
      add(row, label(column) + "“" + text + "”应是大写代码，如 " + example);
    }
  }

  private void limit(TableFile.Row row, String column, String text) {
    try {
      String written = TimeLimit.parse(text).text();
      if (!written.equals(text)) {
        add(row, label(column) + "“" + text + "”请写作“" + written + "”");
      }
    } catch (IllegalArgumentException e) {
      add(row, label(column) + "：" + e.getMessage());
    }
  }

  /** Cells that say something only together. */
  private void together(TableFile.Row row, Map<String, Object> values) {
    TOGETHER.forEach(
        (one, other) -> {
          if (values.containsKey(one)
              && kind.outputs().containsKey(other)
              && isBlank(values, one) != isBlank(values, other)) {
            add(row, label(one) + "与" + label(other) + "要么都写，要么都空");
          }
        });
    for (String needed : MEDIA.getOrDefault(values.getOrDefault("medium", ""), List.of())) {
      if (isBlank(values, needed)) {
        add(row, label("medium") + "为 " + values.get("medium") + " 时，" + label(needed) + "必须填写");
      }
    }
    if (kind == TableKind.OUTAGE_DUTIES) {
      for (String needed : List.of("by", "escalateTo")) {
        if (isBlank(values, needed)) {
          add(row, label(needed) + "没有填写");
        }
      }
    }
    if (kind == TableKind.ROUTING
        && isBlank(values, "department")
        && isBlank(values, "needs")
        && Boolean.FALSE.equals(values.get("customerResponsible"))) {
      add(
          row,
          "没有写谁负责："
              + label("department")
              + "、"
              + label("customerResponsible")
              + "或"
              + label("needs"));
    }
  }

  /** What is not there repeats an input, so it is not blank. */
  private static boolean isBlank(Map<String, Object> values, String column) {
    Object value = values.getOrDefault(column, column);
    return value.equals("") || value.equals(0);
  }

  /** Every row says which requirement and article it comes from, and what is a default. */
  private void source(TableFile.Row row, Map<String, Object> values) {
    String annotation = row.annotation().strip();
    String requirement = annotation.split("\\s", 2)[0];
    List<String> articles = Words.of(String.valueOf(values.getOrDefault("article", "")));
    String basis = String.valueOf(values.getOrDefault("basis", ""));
    if (annotation.isEmpty()) {
      add(row, "缺少注释，应写要求编号和条文，如：RQ-14.3 第十四条（三）：…");
    } else if (!REQUIREMENT.matcher(requirement).matches() || !ARTICLE.matcher(annotation).find()) {
      add(row, "注释应以要求编号开头，并写明条文或默认值，如：RQ-14.3 第十四条（三）：…");
    } else if (!articles.contains(requirement)) {
      add(row, label("article") + "没有写注释里的 " + requirement);
    }
    if (articles.isEmpty() || !REQUIREMENT.matcher(articles.get(0)).matches()) {
      add(row, label("article") + "应以要求编号开头，如 RQ-14.3");
    }
    if (basis.isBlank()) {
      add(row, label("basis") + "没有填写");
    }
    if (articles.contains("DEFAULT") != basis.contains("默认值")) {
      add(row, label("article") + "的 DEFAULT 与" + label("basis") + "里的“默认值”要一同写");
    } else if (articles.contains("DEFAULT") && !annotation.contains("默认值")) {
      add(row, label("article") + "写了 DEFAULT，注释里也要说明哪个是默认值");
    }
  }

  private String label(String column) {
    return table.outputs().stream()
        .filter(each -> each.name().equals(column))
        .findFirst()
        .map(each -> "“" + each.label() + "”")
        .orElse(column);
  }

  private void add(TableFile.Row row, String what) {
    faults.add(row.words() + "：" + what);
  }

  static String listed(Set<String> known) {
    return String.join("、", new TreeSet<>(known));
  }
}
