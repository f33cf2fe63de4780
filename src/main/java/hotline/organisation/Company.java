package hotline.organisation;

import hotline.Refused;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A company that runs a hotline: its numbers, its hours, its departments and districts.
 *
 * @param supply what it supplies, and how it calls an outage
 * @param callbackTable what its regulation calls the weekly table of callbacks (YC-14)
 */
public record Company(
    String id,
    String name,
    String numberPrefix,
    ZoneId zone,
    LocalTime officeClose,
    String hotline,
    String callbackTable,
    SupplyWords supply,
    List<Department> departments,
    List<District> districts) {

  /** The company as its file on the class path describes it, served by this installation or not. */
  public static Company read(String id) {
    return CompanyFile.read(id);
  }

  public boolean hasDepartment(String code) {
    return departments.stream().anyMatch(department -> department.code().equals(code));
  }

  public Department department(String code) {
    return departments.stream()
        .filter(department -> department.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    "department",
                    name
                        + "没有这个部门（department），可填："
                        + String.join("、", departments.stream().map(Department::code).toList())));
  }

  /** The department and the units below it, which it sees and supervises (RQ-9). */
  public Set<String> withUnits(String code) {
    Set<String> units = new HashSet<>(Set.of(code));
    boolean more = true;
    while (more) {
      more = false;
      for (Department department : departments) {
        more |= units.contains(department.parent()) && units.add(department.code());
      }
    }
    return units;
  }

  /** The district's name; a place that the company does not know is named as it was typed. */
  public String districtName(String code) {
    return districts.stream()
        .filter(district -> district.code().equals(code))
        .map(District::name)
        .findFirst()
        .orElse(code);
  }

  /** The district with this code or name. */
  District district(String codeOrName) {
    return districts.stream()
        .filter(each -> each.code().equals(codeOrName) || each.name().equals(codeOrName))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    "district",
                    "区域（district）没有“"
                        + codeOrName
                        + "”，请填写："
                        + String.join("、", districts.stream().map(District::name).toList())));
  }

  public boolean hasDistrict(String code) {
    return districts.stream().anyMatch(district -> district.code().equals(code));
  }

  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (Role role : Role.values()) {
      groups.add(new Group(id + "." + role.code(), id, role.chinese(), role, null, false));
    }
    for (Department department : departments) {
      String group = id + "." + department.code();
      groups.add(new Group(group, id, department.name(), null, department.code(), false));
      groups.add(
          new Group(
              group + "-leader", id, department.name() + "负责人", null, department.code(), true));
    }
    return groups;
  }
}
