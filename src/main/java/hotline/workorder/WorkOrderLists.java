package hotline.workorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import hotline.Actor;
import hotline.NotFound;
import hotline.Refused;
import hotline.Sql;
import hotline.calendar.TimeLimit;
import hotline.notice.Notices;
import hotline.organisation.Company;
import hotline.organisation.Department;
import hotline.organisation.District;
import hotline.organisation.Organisation;
import hotline.organisation.Role;
import hotline.workorder.WorkOrderView.AttemptView;
import hotline.workorder.WorkOrderView.CallbackView;
import hotline.workorder.WorkOrderView.CallerView;
import hotline.workorder.WorkOrderView.EventView;
import hotline.workorder.WorkOrderView.ExternalView;
import hotline.workorder.WorkOrderView.HoldView;
import hotline.workorder.WorkOrderView.LimitView;
import hotline.workorder.WorkOrderView.Named;
import hotline.workorder.WorkOrderView.NoticeView;
import hotline.workorder.WorkOrderView.WaitingView;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Orders as people and outside systems read them: the centre sees its company's, a department those
 * it has to do with, and a caller's identity is for those who handle the order (YF-12).
 */
@Component
class WorkOrderLists {
  private static final Set<Role> OVERSEEING = Set.of(Role.MANAGER, Role.DESIGNER);

  /** Stands for limits that are no span of time, where all of one kind are compared. */
  private static final TimeLimit FIXED = TimeLimit.parse("1分钟");

  /** A search for text reads so many orders at most for one page; the next page goes on there. */
  private static final int SEARCHED_AT_ONCE = 2000;

  private static final String OF_PHONE = " AND phone_digits = :phone";

  private final WorkOrderRows rows;
  private final WorkTasks tasks;
  private final Notices notices;
  private final Organisation organisation;
  private final WorkOrders orders;
  private final OpenOrders open;
  private final JdbcClient jdbc;

  WorkOrderLists(
      WorkOrderRows rows,
      WorkTasks tasks,
      Notices notices,
      Organisation organisation,
      WorkOrders orders,
      OpenOrders open,
      JdbcClient jdbc) {
    this.rows = rows;
    this.tasks = tasks;
    this.notices = notices;
    this.organisation = organisation;
    this.orders = orders;
    this.open = open;
    this.jdbc = jdbc;
  }

  static boolean isOfCentre(Actor actor, String company) {
    return Role.anyOf(Role.CENTRE, actor, company);
  }

  /** The order, whole; 404 when it is not for this person. */
  WorkOrderView view(String number, Actor actor) {
    Reading reading = reading(open.look(number), actor);
    return view(reading.order, reading.waiting, words(reading.order, actor, reading.sight));
  }

  /** An order before somebody who may see so much of it. */
  record Reading(WorkOrder order, List<WorkTask> waiting, Sight sight) {

    /**
     * Whether the person may be told the caller's number: the centre, and a department as long as a
     * task of the order waits for it; never the party complained of (RQ-13).
     */
    boolean mayCall(Actor actor) {
      return sight == Sight.WHOLE
          || sight == Sight.MASKED && waiting.stream().anyMatch(task -> task.isFor(actor));
    }
  }

  /** 404 when the order is not for this person. */
  Reading reading(WorkOrder order, Actor actor) {
    if (!actor.mayActFor(order.company)) {
      throw new NotFound("没有这个工单，或它不属于您的公司");
    }
    List<WorkTask> waiting = tasks.open(order.number);
    return sight(order, waiting, actor)
        .map(sight -> new Reading(order, waiting, sight))
        .orElseThrow(() -> new NotFound("没有这个工单，或它不属于您的部门"));
  }

  /** How much of the order this person may see; empty when it is not for them. */
  private Optional<Sight> sight(WorkOrder order, List<WorkTask> waiting, Actor actor) {
    boolean centre = isOfCentre(actor, order.company);
    boolean own = isOwn(order, waiting, actor, centre);
    if (!centre && !own && !Role.anyOf(OVERSEEING, actor, order.company)) {
      return Optional.empty();
    }
    if (!own && (!centre || order.isConfidential())) {
      return Optional.of(Sight.PROGRESS);
    }
    if (orders.isComplainedOf(order, actor)) {
      return Optional.of(Sight.WITHOUT_COMPLAINANT);
    }
    return Optional.of(centre ? Sight.WHOLE : Sight.MASKED);
  }

  /** What this person reads of a text of the order. */
  Words words(WorkOrder order, Actor actor, Sight sight) {
    Company company = organisation.company(order.company);
    List<String> hidden = new ArrayList<>();
    if (company.departments().stream()
        .anyMatch(d -> WorkOrders.isOfUnit(actor, company, d.code()))) {
      for (String other : order.linked ? rows.linked(order.number) : List.<String>of()) {
        if (sight == Sight.WITHOUT_COMPLAINANT || orders.isComplainedOf(rows.read(other), actor)) {
          hidden.add(other);
        }
      }
    }
    return new Words(order, sight, company.hotline(), hidden);
  }

  /** Texts of one order as far as somebody may read them. */
  static final class Words {
    private static final String ANOTHER = "另一工单";

    private final Sight sight;
    private final UnaryOperator<String> readable;
    private final List<String> hidden;

    private Words(WorkOrder order, Sight sight, String hotline, List<String> hidden) {
      this.sight = sight;
      this.readable =
          switch (sight) {
            case WHOLE -> UnaryOperator.identity();
            case MASKED -> text -> Discretion.text(text, hotline);
            case WITHOUT_COMPLAINANT, PROGRESS -> new Anonymity(order, hotline)::text;
          };
      this.hidden = hidden;
    }

    /** Null when it is not for them. */
    @Nullable String of(@Nullable String text) {
      return text == null || sight == Sight.PROGRESS ? null : shown(text);
    }

    String shown(String text) {
      String known = text;
      for (String other : hidden) {
        known = known.replace(other, ANOTHER);
      }
      return readable.apply(known);
    }

    boolean knowOf(String other) {
      return !hidden.contains(other);
    }
  }

  /** Whether the person handles, leads or supervises the order. */
  private boolean isOwn(WorkOrder order, List<WorkTask> waiting, Actor actor, boolean centre) {
    Set<String> units = unitsOf(actor, order.company);
    boolean acts = waiting.stream().anyMatch(task -> task.isFor(actor));
    return acts
        || units.contains(Text.orEmpty(order.department))
        || units.contains(Text.orEmpty(order.supervisor))
        || Role.anyOf(Role.ANSWERING, actor, order.company)
        || order.recordedBy.equals(actor.id())
        || (!centre || order.isConfidential()) && tasks.hasLed(order.number, actor.id());
  }

  /** The order as it is after this person's own task, though it may be out of their hands now. */
  WorkOrderView viewAfterwards(String number, Actor actor) {
    try {
      return view(number, actor);
    } catch (NotFound e) {
      WorkOrder order = open.look(number);
      return view(order, tasks.open(number), words(order, actor, Sight.PROGRESS));
    }
  }

  /** The person's units, and those below them (RQ-9). */
  private Set<String> unitsOf(Actor actor, String company) {
    Set<String> units = new HashSet<>();
    for (String group : actor.groups()) {
      if (group.startsWith(company + ".")) {
        String unit = group.substring(company.length() + 1);
        String code = unit.endsWith("-leader") ? unit.substring(0, unit.length() - 7) : unit;
        units.addAll(organisation.company(company).withUnits(code));
      }
    }
    return units;
  }

  private WorkOrderView view(WorkOrder o, List<WorkTask> waiting, Words words) {
    boolean withCaller = words.sight == Sight.WHOLE || words.sight == Sight.MASKED;
    ZoneId zone = o.calendar.zone();
    Company company = organisation.company(o.company);
    return new WorkOrderView(
        o.number,
        o.company,
        o.status.name(),
        o.channel,
        o.category,
        o.category == null ? null : orders.label(o),
        o.subcategory,
        o.level,
        o.department == null
            ? null
            : new Named(o.department, organisation.groupName(o.company + "." + o.department)),
        Objects.requireNonNullElse(words.of(o.description), "（仅办理人员可见）"),
        Moments.local(o.receivedAt, zone),
        Moments.local(o.recordedAt, zone),
        withCaller
            ? new CallerView(
                o.callerName,
                words.sight == Sight.WHOLE ? o.callerPhone : Discretion.phone(o.phoneDigits),
                o.address,
                o.district,
                o.wantsCallback)
            : new CallerView(null, null, null, o.district, o.wantsCallback),
        words.sight == Sight.PROGRESS
            ? new Facts()
            : withCaller ? o.facts : o.facts.without(words::shown),
        words.sight == Sight.WITHOUT_COMPLAINANT
                || o.externalPlatform == null && o.externalNumber == null && o.externalDueAt == null
            ? null
            : new ExternalView(
                o.externalPlatform, o.externalNumber, Moments.localOrNull(o.externalDueAt, zone)),
        o.outageNumber,
        o.gisReference,
        o.guidance,
        words.of(o.answer),
        o.missing,
        words.of(o.instruction),
        o.worker,
        Moments.localOrNull(o.agreedTime, zone),
        words.of(o.result),
        words.of(o.measures),
        o.parts,
        o.cost,
        o.delayCause,
        o.responsibleSide,
        words.of(o.platformReply),
        o.round,
        o.urged,
        o.calendarWarning,
        Moments.localOrNull(o.closedAt, zone),
        Moments.localOrNull(o.anonymisedAt, zone),
        o.legalHold == null
            ? null
            : new HoldView(
                Moments.local(o.legalHold.at(), zone),
                o.legalHold.by(),
                withCaller ? o.legalHold.reason() : null),
        limits(o, zone),
        callback(o, zone, words),
        waiting.stream()
            .map(
                task ->
                    new WaitingView(
                        task.taskId(),
                        task.task(),
                        task.name(),
                        task.group(),
                        task.assignee(),
                        Moments.localOrNull(task.dueAt(), company.zone())))
            .toList(),
        notices.of(o.number).stream()
            .map(
                notice ->
                    new NoticeView(
                        String.valueOf(notice.id()),
                        notice.channel().name(),
                        notice.purpose().name(),
                        notice.status().name(),
                        notice.attempts(),
                        Moments.local(notice.createdAt(), zone)))
            .toList(),
        o.linked ? rows.linked(o.number).stream().filter(words::knowOf).toList() : List.of(),
        rows.events(o.number).stream()
            .map(
                event ->
                    new EventView(
                        Moments.local(event.at(), zone),
                        event.by(),
                        event.verb(),
                        words.of(event.note()),
                        event.article()))
            .toList());
  }

  private static List<LimitView> limits(WorkOrder o, ZoneId zone) {
    return o.clocks.stream()
        .filter(clock -> clock.milestone.isPublic())
        .filter(clock -> clock.voidAt == null || clock.breached || o.status.isClosed())
        .sorted(
            Comparator.comparing(
                    (LimitClock clock) -> clock.dueAt == null ? Instant.MAX : clock.dueAt)
                .thenComparing(clock -> clock.milestone)
                .thenComparing(LimitClock::isFixed)
                .thenComparing(
                    clock -> clock.isFixed() ? FIXED : TimeLimit.parse(clock.rule.limit()),
                    TimeLimit.STRICTER_FIRST))
        .map(
            clock ->
                new LimitView(
                    clock.milestone.name(),
                    clock.milestone.label(),
                    clock.round,
                    Moments.localOrNull(clock.startedAt, zone),
                    clock.rule.limit(),
                    Moments.localOrNull(clock.dueAt, zone),
                    clock.rule.article(),
                    clock.rule.basis(),
                    Moments.localOrNull(clock.metAt, zone),
                    clock.breached,
                    Moments.localOrNull(clock.originalDueAt, zone)))
        .toList();
  }

  private CallbackView callback(WorkOrder o, ZoneId zone, Words words) {
    Instant dueAt =
        o.clocks.stream()
            .filter(clock -> clock.milestone == Milestone.CALLBACK && clock.round == o.round)
            .map(clock -> clock.dueAt)
            .filter(at -> at != null)
            .findFirst()
            .orElse(null);
    return new CallbackView(
        o.callbackMedium,
        Moments.localOrNull(dueAt, zone),
        (o.callbackMedium == null ? List.<CallbackAttempt>of() : rows.callbackAttempts(o.number))
            .stream()
                .map(
                    attempt ->
                        new AttemptView(
                            Moments.local(attempt.at(), zone),
                            attempt.by(),
                            attempt.medium(),
                            attempt.round(),
                            attempt.reached(),
                            attempt.solved(),
                            attempt.satisfaction(),
                            words.of(attempt.answers()),
                            words.of(attempt.remarks()),
                            Moments.localOrNull(attempt.nextAttemptAt(), zone)))
                .toList(),
        o.satisfaction);
  }

  // ---- lists

  /** One line of a list. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Line(
      String number,
      String company,
      String status,
      String channel,
      @Nullable String category,
      @Nullable String subcategory,
      @Nullable String level,
      @Nullable String department,
      @Nullable String district,
      OffsetDateTime receivedAt,
      int round,
      @Nullable String callerName,
      @Nullable String callerPhone,
      @Nullable String address,
      @Nullable String description,
      @Nullable OffsetDateTime closedAt) {}

  /** A page of lines, newest first; {@code next} goes into {@code after} for the page behind it. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Page<T>(List<T> items, @Nullable String next) {}

  record Wanted(
      String company,
      @Nullable String status,
      @Nullable String department,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String after,
      int size) {}

  Page<Line> list(Actor actor, Wanted wanted) {
    Where where = new Where(actor, wanted);
    return indexed(where, "", Map.of(), wanted.size());
  }

  record Search(
      @Nullable String company,
      @Nullable String phone,
      @Nullable String address,
      @Nullable String text,
      @Nullable String category,
      @Nullable String status,
      @Nullable String department,
      @Nullable OffsetDateTime from,
      @Nullable OffsetDateTime to,
      @Nullable String after,
      @Nullable Integer size) {}

  /** By phone and building through an index; other words among the orders that the rest leaves. */
  Page<Line> search(Actor actor, Search search, int size) {
    Where where =
        new Where(
            actor,
            new Wanted(
                Text.required("company", "公司", search.company(), 40),
                search.status(),
                search.department(),
                Moments.given("from", "起始时间", search.from()),
                Moments.given("to", "截止时间", search.to()),
                search.after(),
                size));
    StringBuilder narrow = new StringBuilder(where.searchable());
    Map<String, Object> more = new LinkedHashMap<>();
    if (search.phone() != null && !search.phone().isBlank()) {
      narrow.append(OF_PHONE);
      more.put("phone", Phone.parse("phone", search.phone()).digits());
    }
    if (search.category() != null && !search.category().isBlank()) {
      narrow.append(" AND category = :category");
      more.put("category", search.category());
    }
    String address = Text.optional("address", "地址", search.address(), 300);
    String text = Text.optional("text", "文字", search.text(), 200);
    if (address.isEmpty() && text.isEmpty()) {
      return indexed(where, narrow.toString(), more, size);
    }
    Predicate<Line> wanted =
        line ->
            Text.orEmpty(line.address()).contains(address)
                && Text.orEmpty(line.description()).contains(text);
    return text.isEmpty()
        ? atBuilding(where, narrow.toString(), more, size, address, wanted)
        : reading(where, narrow.toString(), more, size, wanted);
  }

  /**
   * What somebody at the desk types to find an order: its number, a telephone, or what stands in
   * the address or in what was said; the newest orders when nothing was typed.
   */
  Page<Line> find(Actor actor, String company, String typed, @Nullable String after, int size) {
    Where where = new Where(actor, new Wanted(company, null, null, null, null, after, size));
    if (typed.isEmpty()) {
      return indexed(where, "", Map.of(), size);
    }
    Optional<String> number = OrderNumbers.typed(typed);
    if (number.isPresent()) {
      return indexed(where, " AND number = :number", Map.of("number", number.get()), size);
    }
    String narrow = where.searchable();
    if (Phone.isLike(typed)) {
      Map<String, Object> phone = Map.of("phone", Phone.parse("what", typed).digits());
      return indexed(where, narrow + OF_PHONE, phone, size);
    }
    return atBuilding(
        where,
        narrow,
        Map.of(),
        size,
        typed,
        line ->
            Text.orEmpty(line.address()).contains(typed)
                || Text.orEmpty(line.description()).contains(typed));
  }

  private Page<Line> indexed(Where where, String narrow, Map<String, Object> more, int size) {
    return page(query(where, narrow, more, size + 1), size, where);
  }

  /**
   * All of this building, however old, whether or not the district was said with it; where there is
   * none, those that are wanted.
   */
  private Page<Line> atBuilding(
      Where where,
      String narrow,
      Map<String, Object> more,
      int size,
      String address,
      Predicate<Line> wanted) {
    List<String> buildings = new ArrayList<>();
    buildings.add(Text.orEmpty(Address.buildingKey(address)));
    where.districts.forEach(district -> buildings.add(Address.buildingKey(district + address)));
    Map<String, Object> there = new LinkedHashMap<>(more);
    there.put("buildings", buildings);
    Page<Line> found = indexed(where, narrow + " AND building_key IN (:buildings)", there, size);
    return found.items().isEmpty() ? reading(where, narrow, more, size, wanted) : found;
  }

  /** The newest that are wanted, among so many at most as are read for one page. */
  private Page<Line> reading(
      Where where, String narrow, Map<String, Object> more, int size, Predicate<Line> wanted) {
    List<Row> read = query(where, narrow, more, SEARCHED_AT_ONCE);
    List<Row> hits = new ArrayList<>();
    Long readTo = null;
    for (Row row : read) {
      readTo = row.id();
      if (wanted.test(row.line())) {
        hits.add(row);
        if (hits.size() == size) {
          break;
        }
      }
    }
    boolean atEnd = read.size() < SEARCHED_AT_ONCE && hits.size() < size;
    return new Page<>(
        hits.stream().map(where::shown).toList(),
        atEnd || readTo == null ? null : String.valueOf(readTo));
  }

  private record Row(long id, Line line, boolean confidential, boolean complainsOfReader) {}

  private static Page<Line> page(List<Row> found, int size, Where where) {
    List<Row> shown = found.size() > size ? found.subList(0, size) : found;
    return new Page<>(
        shown.stream().map(where::shown).toList(),
        found.size() > size ? String.valueOf(shown.get(shown.size() - 1).id()) : null);
  }

  private static Line line(
      Line l,
      @Nullable String callerName,
      @Nullable String callerPhone,
      @Nullable String address,
      @Nullable String description) {
    return new Line(
        l.number(),
        l.company(),
        l.status(),
        l.channel(),
        l.category(),
        l.subcategory(),
        l.level(),
        l.department(),
        l.district(),
        l.receivedAt(),
        l.round(),
        callerName,
        callerPhone,
        address,
        description,
        l.closedAt());
  }

  /** What this person may list, and what of it is wanted. */
  private final class Where {
    private final StringBuilder sql = new StringBuilder("company = :company");

    /** Each with an index of its own: together they would read the company's whole history. */
    private final List<String> branches = new ArrayList<>(List.of(""));

    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final boolean withCaller;
    private final boolean withConfidential;
    private final ZoneId zone;
    private final String hotline;
    private final List<String> districts;
    private final String complainsOfReader;

    private Where(Actor actor, Wanted wanted) {
      Optional<Company> company =
          organisation.companies().stream()
              .filter(c -> c.id().equals(wanted.company()))
              .findFirst();
      if (company.isEmpty() || !actor.mayActFor(wanted.company())) {
        throw new org.springframework.security.access.AccessDeniedException("company");
      }
      zone = company.get().zone();
      hotline = company.get().hotline();
      districts = company.get().districts().stream().map(District::name).toList();
      parameters.put("company", wanted.company());
      boolean centre = isOfCentre(actor, wanted.company());
      boolean overseeing = Role.anyOf(OVERSEEING, actor, wanted.company());
      withCaller = centre || !overseeing;
      withConfidential = !centre || Role.anyOf(Role.ANSWERING, actor, wanted.company());
      if (!centre && !overseeing) {
        branches.clear();
        for (String unit : unitsOf(actor, wanted.company())) {
          String name = "unit" + branches.size();
          branches.add(" AND department = :" + name);
          branches.add(" AND supervisor = :" + name);
          parameters.put(name, unit);
        }
        if (branches.isEmpty()) {
          branches.add(" AND FALSE");
        }
      }
      complainsOfReader = complainsOf(actor, company.get(), parameters);
      if (wanted.status() != null && !wanted.status().isBlank()) {
        sql.append(" AND status = :status");
        parameters.put("status", status(wanted.status()));
      }
      if (wanted.department() != null && !wanted.department().isBlank()) {
        sql.append(" AND department = :department");
        parameters.put("department", wanted.department());
      }
      if (wanted.from() != null) {
        sql.append(" AND received_at >= :from");
        parameters.put("from", Sql.utc(wanted.from()));
      }
      if (wanted.to() != null) {
        sql.append(" AND received_at < :to");
        parameters.put("to", Sql.utc(wanted.to()));
      }
      if (wanted.after() != null && !wanted.after().isBlank()) {
        sql.append(" AND id < :after");
        parameters.put("after", after(wanted.after()));
      }
    }

    /**
     * Those of them that may be searched for who rang or what was said: whoever could ask for a
     * number or a word would learn who complains of them. Refused where no caller is shown.
     */
    private String searchable() {
      if (!withCaller) {
        throw new org.springframework.security.access.AccessDeniedException("search");
      }
      return (withConfidential ? "" : " AND confidential = FALSE")
          + " AND NOT "
          + complainsOfReader;
    }

    /**
     * What is not for the public is hidden from those who do not handle it, and who complains from
     * the party complained of (RQ-13); a list shows nobody a whole telephone number.
     */
    private Line shown(Row row) {
      Line line = row.line();
      boolean shows =
          withCaller && !row.complainsOfReader() && (withConfidential || !row.confidential());
      return shows
          ? line(
              line,
              line.callerName(),
              Discretion.phone(Text.orEmpty(line.callerPhone())),
              line.address(),
              Discretion.text(Text.orEmpty(line.description()), hotline))
          : line(line, null, null, null, null);
    }
  }

  /** The condition of orders that complain of this person's department, in the facts' JSON. */
  private static String complainsOf(Actor actor, Company company, Map<String, Object> parameters) {
    List<String> any = new ArrayList<>();
    for (Department department : company.departments()) {
      if (WorkOrders.isOfUnit(actor, company, department.code())) {
        String name = "complainsOf" + any.size();
        any.add("facts LIKE :" + name);
        parameters.put(name, "%\"departmentComplainedOf\":\"" + department.code() + "\"%");
      }
    }
    return any.isEmpty() ? "FALSE" : "(" + String.join(" OR ", any) + ")";
  }

  private static String status(String given) {
    try {
      return Status.valueOf(given).name();
    } catch (IllegalArgumentException e) {
      throw new Refused(
          "status",
          "状态（status）只能是 "
              + String.join("、", List.of(Status.values()).stream().map(Enum::name).toList()));
    }
  }

  static long after(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return 0;
    }
    try {
      return Long.parseLong(given);
    } catch (NumberFormatException e) {
      throw new Refused("after", "after 应为上一页的 next");
    }
  }

  private List<Row> query(Where where, String narrow, Map<String, Object> more, int limit) {
    String newest = narrow + " ORDER BY id DESC LIMIT " + limit;
    String ids =
        where.branches.stream()
            .map(branch -> "SELECT id FROM work_order WHERE " + where.sql + branch + newest)
            .collect(Collectors.joining(") UNION ("));
    return jdbc.sql(
            "SELECT o.id, number, company, status, channel, category, subcategory, level,"
                + " confidential, department, district, received_at, round, caller_name,"
                + " caller_phone, address, description, closed_at, "
                + where.complainsOfReader
                + " AS complains_of_reader FROM work_order o JOIN ("
                + (where.branches.size() == 1 ? ids : "(" + ids + ")")
                + ") found ON found.id = o.id ORDER BY o.id DESC LIMIT "
                + limit)
        .params(where.parameters)
        .params(more)
        .query(
            (row, i) ->
                new Row(
                    row.getLong("id"),
                    new Line(
                        row.getString("number"),
                        row.getString("company"),
                        row.getString("status"),
                        row.getString("channel"),
                        row.getString("category"),
                        row.getString("subcategory"),
                        row.getString("level"),
                        row.getString("department"),
                        row.getString("district"),
                        Moments.local(Sql.at(row, "received_at"), where.zone),
                        row.getInt("round"),
                        row.getString("caller_name"),
                        row.getString("caller_phone"),
                        row.getString("address"),
                        row.getString("description"),
                        Moments.localOrNull(Sql.atOrNull(row, "closed_at"), where.zone)),
                    row.getBoolean("confidential"),
                    row.getBoolean("complains_of_reader")))
        .list();
  }

  /** The customer's earlier orders, newest first; none that complains of the reader. */
  List<String> earlier(WorkOrder order, Actor reader) {
    return brief(
        order, reader, "company = :company AND phone_digits = :what", order.phoneDigits, 5);
  }

  /** Under which names and addresses this telephone is on file, newest first (RQ-15.1b). */
  List<String> file(WorkOrder order) {
    return jdbc
        .sql(
            """
            SELECT caller_name, address, MAX(id) AS newest FROM (
              SELECT id, caller_name, address FROM work_order
              WHERE company = :company AND phone_digits = :phone AND number <> :number
              ORDER BY id DESC LIMIT 50) o
            GROUP BY caller_name, address ORDER BY newest DESC LIMIT 5
            """)
        .param("company", order.company)
        .param("phone", order.phoneDigits)
        .param("number", order.number)
        .query(
            (row, i) ->
                (Text.orEmpty(row.getString("caller_name"))
                        + " "
                        + Text.orEmpty(row.getString("address")))
                    .strip())
        .list()
        .stream()
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Open orders at the same building. */
  List<String> nearby(WorkOrder order, Actor reader) {
    String building = Address.buildingKey(order.address);
    return building == null
        ? List.of()
        : brief(
            order,
            reader,
            "company = :company AND building_key = :what AND closed_at IS NULL",
            building,
            8);
  }

  private List<String> brief(WorkOrder order, Actor reader, String where, String what, int most) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    String complaints = complainsOf(reader, organisation.company(order.company), parameters);
    return jdbc.sql(
            "SELECT number, category, status, received_at, address FROM work_order WHERE "
                + where
                + " AND number <> :number AND confidential = FALSE AND NOT "
                + complaints
                + " ORDER BY id DESC LIMIT "
                + most)
        .params(parameters)
        .param("company", order.company)
        .param("what", what)
        .param("number", order.number)
        .query(
            (row, i) ->
                row.getString("number")
                    + " "
                    + orders.categoryLabel(order.company, row.getString("category"))
                    + " "
                    + Status.valueOf(row.getString("status")).label()
                    + " "
                    + Moments.text(
                        row.getObject("received_at", LocalDateTime.class)
                            .toInstant(java.time.ZoneOffset.UTC),
                        order.calendar.zone())
                    + (row.getString("address") == null ? "" : " " + row.getString("address")))
        .list();
  }
}
