package hotline.workorder;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import hotline.Refused;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the caller was asked besides name, place and matter; what a company asks beyond the named
 * facts is kept under its own name.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class Facts {
  private static final int MOST = 30;

  public @Nullable Boolean urgent;
  public @Nullable Integer pipeDiameterMm;
  public @Nullable String meterSide;
  public @Nullable String landmark;
  public @Nullable String asset;
  public @Nullable Integer jointComplainants;
  public @Nullable Boolean lawsuit;
  public @Nullable Boolean mediaExposure;
  public @Nullable Boolean disturbsTraffic;
  public @Nullable Boolean largeArea;
  public @Nullable String networkPart;
  public @Nullable Boolean underWarranty;
  public @Nullable String departmentComplainedOf;

  /** Not for the public (RQ-13). */
  public @Nullable Boolean confidential;

  private final Map<String, String> more = new LinkedHashMap<>();

  /** Any further answer; only plain values, as text. */
  @JsonAnySetter
  public void put(String name, @Nullable Object answer) {
    if (answer == null) {
      return;
    }
    if (more.size() >= MOST && !more.containsKey(name)) {
      throw new Refused("facts", "补充事项（facts）最多" + MOST + "项");
    }
    if (!name.matches("[A-Za-z][A-Za-z0-9]{0,39}")) {
      throw new Refused("facts", "补充事项（facts）的名称只能用字母和数字，最长40个字符");
    }
    if (answer instanceof Map || answer instanceof Iterable) {
      throw new Refused("facts." + name, "补充事项（facts." + name + "）应为文字、数字或是否，不能是列表或对象");
    }
    more.put(name, Text.optional("facts." + name, "补充事项", String.valueOf(answer), 200));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Facts facts && values().equals(facts.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(
        urgent,
        pipeDiameterMm,
        meterSide,
        landmark,
        asset,
        jointComplainants,
        lawsuit,
        mediaExposure,
        disturbsTraffic,
        largeArea,
        networkPart,
        underWarranty,
        departmentComplainedOf,
        confidential,
        more);
  }

  /** Whether a further question of this name was answered with yes. */
  boolean isTrue(String name) {
    return "true".equals(more.get(name));
  }

  Facts copy() {
    return over(new Facts());
  }

  /** The answers as the party complained of may read them. */
  Facts without(UnaryOperator<String> complainant) {
    Facts others = copy();
    others.landmark = null;
    others.more.replaceAll((name, answer) -> complainant.apply(answer));
    return others;
  }

  /** These answers, and of the others those that were not given here. */
  Facts over(Facts others) {
    Facts both = new Facts();
    both.urgent = urgent == null ? others.urgent : urgent;
    both.pipeDiameterMm = pipeDiameterMm == null ? others.pipeDiameterMm : pipeDiameterMm;
    both.meterSide = meterSide == null ? others.meterSide : meterSide;
    both.landmark = landmark == null ? others.landmark : landmark;
    both.asset = asset == null ? others.asset : asset;
    both.jointComplainants =
        jointComplainants == null ? others.jointComplainants : jointComplainants;
    both.lawsuit = lawsuit == null ? others.lawsuit : lawsuit;
    both.mediaExposure = mediaExposure == null ? others.mediaExposure : mediaExposure;
    both.disturbsTraffic = disturbsTraffic == null ? others.disturbsTraffic : disturbsTraffic;
    both.largeArea = largeArea == null ? others.largeArea : largeArea;
    both.networkPart = networkPart == null ? others.networkPart : networkPart;
    both.underWarranty = underWarranty == null ? others.underWarranty : underWarranty;
    both.departmentComplainedOf =
        departmentComplainedOf == null ? others.departmentComplainedOf : departmentComplainedOf;
    both.confidential = confidential == null ? others.confidential : confidential;
    both.more.putAll(others.more);
    both.more.putAll(more);
    return both;
  }

  /** Of stored facts those that say nothing of a person: ticks, figures and codes, no words. */
  public static String withoutWords(String stored) {
    Facts kept = WorkOrderRows.facts(stored);
    kept.landmark = null;
    kept.more.values().removeIf(answer -> !answer.equals("true") && !answer.equals("false"));
    return WorkOrderRows.json(kept);
  }

  @JsonAnyGetter
  public Map<String, String> more() {
    return more;
  }
}
