package hotline.organisation;

import hotline.Refused;
import hotline.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who the companies are, who works where, and who is told what happens now (YF-3, YF-9b). */
@Component
public class Organisation {
  private static final Pattern LOGIN = Pattern.compile("[a-zA-Z0-9.-]{1,64}");
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){1,4}");

  private final Map<String, Company> companies = new LinkedHashMap<>();
  private final Map<String, String> groupNames = new LinkedHashMap<>();
  private final JdbcClient jdbc;

  Organisation(Companies active, JdbcClient jdbc) {
    for (String id : active.companies()) {
      Company company = CompanyFile.read(id.strip());
      companies.put(company.id(), company);
      company.groups().forEach(group -> groupNames.put(group.id(), group.name()));
    }
    this.jdbc = jdbc;
  }

  /** The companies this installation serves, in the order of the configuration. */
  public List<Company> companies() {
    return List.copyOf(companies.values());
  }

  /** The ids of all companies that this installation serves. */
  public Set<String> ids() {
    return companies().stream().map(Company::id).collect(Collectors.toSet());
  }

  public Company company(String id) {
    Company company = companies.get(id);
    if (company == null) {
      throw new Refused("company", "没有这家公司（company），可填：" + String.join("、", companies.keySet()));
    }
    return company;
  }

  /** All groups of the company: the roles, then each department's members and leaders. */
  public List<Group> groups(String companyId) {
    return company(companyId).groups();
  }

  /** The name as people read it; whoever is not entered goes by their login. */
  public String personName(String id) {
    return person(id).map(Person::displayName).orElse(id);
  }

  /** What people read instead of the group's id; an id that no company knows stays as it is. */
  public String groupName(String groupId) {
    return groupNames.getOrDefault(groupId, groupId);
  }

  public Optional<Person> person(String id) {
    return jdbc.sql("SELECT * FROM person WHERE id = :id")
        .param("id", id)
        .query(Organisation::person)
        .optional();
  }

  /**
   * Who is told what reaches the department at that moment: those on duty; without a duty, its
   * members with a contact; else its leaders; else whoever belongs to it. Empty only when nobody
   * does: then a person must phone.
   */
  public List<Person> receivers(String company, String department, Instant at) {
    company(company).department(department);
    List<Person> onDuty =
        jdbc.sql(
                """
                SELECT DISTINCT p.* FROM duty d JOIN person p ON p.id = d.person_id
                WHERE d.company = :company AND d.department = :department
                  AND d.from_at <= :at AND (d.until_at IS NULL OR d.until_at > :at)
                  AND p.company = d.company AND p.department = d.department AND p.active = TRUE
                ORDER BY p.id
                """)
            .param("company", company)
            .param("department", department)
            .param("at", Sql.utc(at))
            .query(Organisation::person)
            .list();
    if (!onDuty.isEmpty()) {
      return onDuty;
    }
    List<Person> all = belongingTo(company, department);
    List<Person> members =
        all.stream().filter(person -> !person.leader() && person.hasContact()).toList();
    if (!members.isEmpty()) {
      return members;
    }
    List<Person> leaders = all.stream().filter(Person::leader).toList();
    return leaders.isEmpty() ? all : leaders;
  }

  /**
   * Whoever of this group is to be told something at that moment: a department's receivers, its
   * leaders, or everybody with that role.
   *
   * @param groupId as the engine knows it, such as {@code yunfu-water.engineering-leader}
   */
  public List<Person> members(String groupId, Instant at) {
    int dot = groupId.indexOf('.');
    String company = groupId.substring(0, dot);
    String unit = groupId.substring(dot + 1);
    if (company(company).hasDepartment(unit)) {
      return receivers(company, unit, at);
    }
    if (unit.endsWith("-leader")
        && company(company).hasDepartment(unit.substring(0, unit.length() - 7))) {
      return leaders(company, unit.substring(0, unit.length() - 7));
    }
    return belongingTo(company, unit);
  }

  /** Those who lead the department and are still active. */
  public List<Person> leaders(String company, String department) {
    company(company).department(department);
    return belongingTo(company, department).stream().filter(Person::leader).toList();
  }

  /** Enters the person, or changes what is known of them. */
  @Transactional
  public void save(Person given) {
    Person person = checked(given);
    Optional<Person> known = person(person.id());
    if (known.isPresent() && !known.get().company().equals(person.company())) {
      throw new Refused("company", "该账号已属于另一家公司，不能改公司（company），请另建账号");
    }
    jdbc.sql(
            known.isPresent()
                ? """
                  UPDATE person SET display_name = :name, department = :department,
                    is_leader = :leader, email = :email, phone = :phone, active = :active
                  WHERE id = :id AND company = :company
                  """
                : """
                  INSERT INTO person
                    (id, company, display_name, department, is_leader, email, phone, active)
                  VALUES (:id, :company, :name, :department, :leader, :email, :phone, :active)
                  """)
        .param("id", person.id())
        .param("company", person.company())
        .param("name", person.displayName())
        .param("department", person.department())
        .param("leader", person.leader())
        .param("email", person.email())
        .param("phone", person.phone())
        .param("active", person.active())
        .update();
  }

  /**
   * The person receives the department's notices from then on, until (and without) that moment; no
   * end means until relieved.
   */
  @Transactional
  public void putOnDuty(
      String company,
      String department,
      String personId,
      Instant fromAt,
      @Nullable Instant untilAt) {
    String departmentName = company(company).department(department).name();
    Person person = member(company, department, personId, departmentName);
    if (!person.active()) {
      throw new Refused("person", "该人员（person）已停用，不能排班");
    }
    if (untilAt != null && !untilAt.isAfter(fromAt)) {
      throw new Refused("until", "值班结束时间（until）必须晚于开始时间（from）");
    }
    jdbc.sql(
            """
            INSERT INTO duty (company, department, person_id, from_at, until_at)
            VALUES (:company, :department, :person, :fromAt, :untilAt)
            """)
        .param("company", company)
        .param("department", department)
        .param("person", personId)
        .param("fromAt", Sql.utc(fromAt))
        .param("untilAt", Sql.utcOrNull(untilAt))
        .update();
  }

  /** Ends the person's duty at that moment; from then on others receive the notices. */
  @Transactional
  public void relieve(String company, String department, String personId, Instant at) {
    String departmentName = company(company).department(department).name();
    int ended =
        jdbc.sql(
                """
                UPDATE duty SET until_at = :at
                WHERE company = :company AND department = :department AND person_id = :person
                  AND from_at <= :at AND (until_at IS NULL OR until_at > :at)
                """)
            .param("company", company)
            .param("department", department)
            .param("person", personId)
            .param("at", Sql.utc(at))
            .update();
    if (ended == 0) {
      throw new Refused("person", "该人员（person）当时不在" + departmentName + "值班，无需交班");
    }
  }

  private Person member(String company, String department, String personId, String name) {
    return person(personId)
        .filter(p -> p.company().equals(company) && department.equals(p.department()))
        .orElseThrow(() -> new Refused("person", "该人员（person）不属于" + name + "，请填写该部门的人员"));
  }

  private List<Person> belongingTo(String company, String department) {
    return jdbc.sql(
            """
            SELECT * FROM person
            WHERE company = :company AND department = :department AND active = TRUE
            ORDER BY id
            """)
        .param("company", company)
        .param("department", department)
        .query(Organisation::person)
        .list();
  }

  private Person checked(Person given) {
    Company company = company(given.company());
    if (!LOGIN.matcher(given.id()).matches()) {
      throw new Refused("id", "账号（id）只能用字母、数字、点和短横线，最多64个字符");
    }
    String name = given.displayName().strip();
    if (name.isEmpty()
        || name.length() > 64
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new Refused("displayName", "请填写姓名（displayName），最多64个字，不能换行");
    }
    String department = blankIsNull(given.department());
    if (department != null && !Role.has(department)) {
      company.department(department);
    } else if (given.leader()) {
      throw new Refused("department", "负责人必须填写所在部门（department）");
    }
    String email = blankIsNull(given.email());
    if (email != null && !EMAIL.matcher(email).matches()) {
      throw new Refused("email", "邮箱（email）格式不对，请按 name@example.com 填写");
    }
    return new Person(
        given.id(),
        given.company(),
        name,
        department,
        given.leader(),
        email,
        phone(given.phone()),
        given.active());
  }

  private static @Nullable String phone(@Nullable String given) {
    String text = blankIsNull(given);
    return text == null
        ? null
        : Telephone.digits(text)
            .orElseThrow(() -> new Refused("phone", "电话（phone）格式不对，" + Telephone.WANTED));
  }

  private static @Nullable String blankIsNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static Person person(ResultSet row, int number) throws SQLException {
    return new Person(
        row.getString("id"),
        row.getString("company"),
        row.getString("display_name"),
        row.getString("department"),
        row.getBoolean("is_leader"),
        row.getString("email"),
        row.getString("phone"),
        row.getBoolean("active"));
  }
}
