package hotline.organisation;

import hotline.Refused;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One entry of a company's directory as somebody wrote it, column by column. */
final class PlaceEntry {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");
  private static final Pattern POPULATION = Pattern.compile("[0-9]{1,8}");

  private final Company company;
  private final Function<PlaceColumn, String> cells;
  private final Consumer<Refused> refusals;

  /**
   * An entry still to be read.
   *
   * @param refusals is told of each column that is at fault
   */
  PlaceEntry(Company company, Function<PlaceColumn, String> cells, Consumer<Refused> refusals) {
    this.company = company;
    this.cells = cells;
    this.refusals = refusals;
  }

  /** The place; of no use when something was refused. */
  Place read() {
    String code = tried(() -> Optional.of(code())).orElse("");
    Optional<PlaceKind> kind = tried(() -> Optional.of(kind()));
    return new Place(
        company.id(),
        code,
        tried(() -> Optional.of(required(PlaceColumn.NAME))).orElse(""),
        kind.orElse(PlaceKind.FIRM),
        tried(() -> district(kind, code)).orElse(null),
        tried(this::population).orElse(0),
        tried(() -> text(PlaceColumn.CONTACT)).orElse(null),
        tried(this::phone).orElse(null),
        tried(() -> text(PlaceColumn.ADDRESS)).orElse(null),
        true);
  }

  private <T> Optional<T> tried(Supplier<Optional<T>> column) {
    try {
      return column.get();
    } catch (Refused refused) {
      refusals.accept(refused);
      return Optional.empty();
    }
  }

  private Optional<String> text(PlaceColumn column) {
    return Optional.of(column.read(cells.apply(column))).filter(text -> !text.isEmpty());
  }

  private String required(PlaceColumn column) {
    return text(column).orElseThrow(() -> column.refused("不能为空，请填写"));
  }

  private String code() {
    String code = required(PlaceColumn.CODE);
    if (!CODE.matcher(code).matches()) {
      throw PlaceColumn.CODE.refused("只能用英文字母、数字和短横线，以字母或数字开头，请改正");
    }
    return code;
  }

  private PlaceKind kind() {
    String kind = required(PlaceColumn.KIND);
    return PlaceKind.of(kind)
        .orElseThrow(
            () -> PlaceColumn.KIND.refused("没有“" + kind + "”这一类，请填写：" + PlaceKind.labels()));
  }

  /** A district lies in itself: it is found in the organisation by its own code. */
  private Optional<String> district(Optional<PlaceKind> kind, String code) {
    Optional<String> district =
        text(PlaceColumn.DISTRICT).map(given -> company.district(given).code());
    if (kind.isEmpty() || kind.get() != PlaceKind.DISTRICT || code.isEmpty()) {
      return district;
    }
    if (!company.hasDistrict(code)) {
      throw PlaceColumn.CODE.refused("类型为“区域”的，代码须是：" + districts());
    }
    if (district.isPresent() && !district.get().equals(code)) {
      throw PlaceColumn.DISTRICT.refused("与代码不是同一个区域，请留空或改正");
    }
    return Optional.of(code);
  }

  private String districts() {
    return company.districts().stream()
        .map(each -> each.code() + " " + each.name())
        .collect(Collectors.joining("、"));
  }

  private Optional<Integer> population() {
    Optional<String> population = text(PlaceColumn.POPULATION);
    if (population.isPresent() && !POPULATION.matcher(population.get()).matches()) {
      throw PlaceColumn.POPULATION.refused("应为 0 到 99999999 的整数，不带逗号、小数和单位，请改正");
    }
    return population.map(Integer::valueOf);
  }

  private Optional<String> phone() {
    return text(PlaceColumn.PHONE)
        .map(
            given ->
                Telephone.digits(given)
                    .orElseThrow(() -> PlaceColumn.PHONE.refused("格式不对，" + Telephone.WANTED)));
  }
}
