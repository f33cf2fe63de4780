package hotline.workorder;

import java.util.Map;

/**
 * The facts that a call may be asked for, by the words of the intake table, as people read them.
 */
final class Questions {
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("subcategory", "子类"),
          Map.entry("district", "区域"),
          Map.entry("address", "详细地址"),
          Map.entry("landmark", "周围标志"),
          Map.entry("pipeDiameterMm", "管径"),
          Map.entry("meterSide", "表前表后"),
          Map.entry("asset", "什么设施"),
          Map.entry("networkPart", "管网部位"),
          Map.entry("underWarranty", "是否在质保期"),
          Map.entry("urgent", "是否紧急"),
          Map.entry("largeArea", "是否大面积"),
          Map.entry("disturbsTraffic", "是否影响交通"),
          Map.entry("departmentComplainedOf", "被投诉部门"),
          Map.entry("jointComplainants", "联名人数"),
          Map.entry("lawsuit", "是否涉及诉讼"),
          Map.entry("mediaExposure", "是否媒体曝光"),
          Map.entry("since", "什么时候开始"),
          Map.entry("extent", "影响范围"),
          Map.entry("promised", "已告知客户的步骤和预计时间"),
          Map.entry("confidential", "不宜公开"),
          Map.entry("identityChecked", "已核对客户档案"),
          Map.entry("safetyAdvised", "已告知安全注意事项"));

  private Questions() {}

  /** What people read for that word; a word of a company's own stays as it is. */
  static String label(String word) {
    return LABELS.getOrDefault(word, word);
  }
}
