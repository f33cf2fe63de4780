package hotline.workorder;

import hotline.Refused;
import hotline.organisation.Company;
import hotline.organisation.Department;
import hotline.organisation.Organisation;
import hotline.regulation.IntakeRule;
import hotline.regulation.Regulation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is typed of a call, held against the company's tables; a malformed value is refused. */
@Component
class IntakeFields {
  private static final Set<String> CHANNELS =
      Set.of("PHONE", "SMS", "WECHAT", "WEB", "APP", "VISIT", "PLATFORM");
  private static final Set<String> METER_SIDES =
      Set.of("UPSTREAM", "DOWNSTREAM", "INDOOR", "JOINT", "METER_BODY", "UNKNOWN");
  private static final Set<String> ASSETS =
      Set.of("PIPE", "VALVE", "HYDRANT", "METER", "MANHOLE", "OTHER");
  private static final Set<String> NETWORK_PARTS =
      Set.of("PRIMARY_MAIN", "PRIMARY_BRANCH", "SECONDARY", "HEAT_STATION", "INDOOR", "WELL");

  private final Regulation regulation;
  private final Organisation organisation;

  IntakeFields(Regulation regulation, Organisation organisation) {
    this.regulation = regulation;
    this.organisation = organisation;
  }

  static String channel(@Nullable String channel) {
    String value = Text.oneOf("channel", "来源渠道", channel, CHANNELS);
    return value.isEmpty() ? "PHONE" : value;
  }

  /** Sets category and subcategory, and gives what the company's table says of them. */
  IntakeRule classify(
      WorkOrder order,
      String categoryField,
      @Nullable String category,
      String subcategoryField,
      @Nullable String subcategory) {
    order.category = category(order.company, categoryField, category);
    order.subcategory =
        Text.orNull(subcategory(order.company, subcategoryField, order.category(), subcategory));
    return regulation
        .intake(order.company, order.category(), Text.orEmpty(order.subcategory))
        .orElseThrow();
  }

  private String category(String company, String field, @Nullable String given) {
    String category = Text.required(field, "类别", given, 40).toUpperCase(Locale.ROOT);
    if (regulation.intake(company, category, "").isEmpty()) {
      throw new Refused(
          field,
          "类别（"
              + field
              + "）“"
              + category.replaceAll("[^A-Z_]", "?")
              + "”不在本公司受理范围内，可选："
              + String.join(
                  "、",
                  regulation.categories(company).stream()
                      .filter(c -> c.subcategory().isEmpty())
                      .map(c -> c.code() + " " + c.rule().label())
                      .toList()));
    }
    return category;
  }

  private String subcategory(
      String company, String field, String category, @Nullable String given) {
    String subcategory = Text.optional(field, "子类", given, 60).toUpperCase(Locale.ROOT);
    if (!subcategory.isEmpty() && regulation.intake(company, category, subcategory).isEmpty()) {
      List<String> known =
          regulation.categories(company).stream()
              .filter(c -> c.code().equals(category) && !c.subcategory().isEmpty())
              .map(c -> c.subcategory() + " " + c.rule().subcategoryLabel())
              .toList();
      throw new Refused(
          field,
          known.isEmpty()
              ? "该类别没有子类，请清空子类（" + field + "）"
              : "子类（" + field + "）只能是 " + String.join("、", known));
    }
    return subcategory;
  }

  static void setCaller(
      WorkOrder order,
      String phoneField,
      @Nullable String phone,
      String nameField,
      @Nullable String name) {
    Phone parsed = Phone.parse(phoneField, phone);
    order.callerPhone = parsed.given();
    order.phoneDigits = parsed.digits();
    order.callerName = Text.orNull(Text.optional(nameField, "客户姓名", name, 100));
  }

  void setPlace(
      WorkOrder order, String prefix, @Nullable String address, @Nullable String district) {
    order.address = Text.orNull(Text.optional(prefix + "address", "详细地址", address, 300));
    String given = Text.optional(prefix + "district", "区域", district, 60);
    order.district =
        organisation.company(order.company).districts().stream()
            .filter(d -> d.code().equals(given) || d.name().equals(given))
            .map(d -> d.code())
            .findFirst()
            .orElse(Text.orNull(given));
  }

  Facts checked(String company, Facts facts, String prefix) {
    facts.meterSide =
        Text.orNull(Text.oneOf(prefix + "meterSide", "表前表后", facts.meterSide, METER_SIDES));
    facts.asset = Text.orNull(Text.oneOf(prefix + "asset", "设施", facts.asset, ASSETS));
    facts.networkPart =
        Text.orNull(Text.oneOf(prefix + "networkPart", "管网部位", facts.networkPart, NETWORK_PARTS));
    facts.landmark = Text.orNull(Text.optional(prefix + "landmark", "周围标志", facts.landmark, 200));
    range(prefix + "pipeDiameterMm", "管径（毫米）", facts.pipeDiameterMm, 1, 5000);
    range(prefix + "jointComplainants", "联名投诉人数", facts.jointComplainants, 1, 100000);
    String complainedOf =
        Text.optional(prefix + "departmentComplainedOf", "被投诉部门", facts.departmentComplainedOf, 60);
    if (!complainedOf.isEmpty()) {
      complainedOf = department(company, prefix + "departmentComplainedOf", complainedOf);
    }
    facts.departmentComplainedOf = Text.orNull(complainedOf);
    return facts;
  }

  private static void range(
      String field, String label, @Nullable Integer number, int least, int most) {
    if (number != null && (number < least || number > most)) {
      throw new Refused(field, label + "（" + field + "）应为 " + least + " 到 " + most + " 的整数");
    }
  }

  /** The code of a department, which may be given by code, name or another name of its. */
  String department(String company, String field, @Nullable String given) {
    String wanted = Text.required(field, "部门", given, 60);
    Company of = organisation.company(company);
    return of.departments().stream()
        .filter(
            d -> d.code().equals(wanted) || d.name().equals(wanted) || d.aliases().contains(wanted))
        .map(Department::code)
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    field,
                    "没有这个部门，部门（"
                        + field
                        + "）可选："
                        + String.join(
                            "、",
                            of.departments().stream()
                                .map(d -> d.code() + " " + d.name())
                                .toList())));
  }
}
