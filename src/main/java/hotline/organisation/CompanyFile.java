package hotline.organisation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads organisation/&lt;id&gt;.yaml, and says what is wrong with it in the words of the file. */
final class CompanyFile {
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  private final String path;

  private CompanyFile(String path) {
    this.path = path;
  }

  static Company read(String id) {
    CompanyFile file = new CompanyFile("organisation/" + id + ".yaml");
    return file.company(id);
  }

  private Company company(String id) {
    if (!CODE.matcher(id).matches()) {
      throw wrong("company id must match " + CODE);
    }
    Map<?, ?> top = map(load(), "the file");
    if (!id.equals(text(top, "id"))) {
      throw wrong("id must be " + id);
    }
    Set<String> codes = new HashSet<>();
    for (Role role : Role.values()) {
      codes.add(role.code());
    }
    List<Department> departments = new ArrayList<>();
    for (Map<?, ?> entry : list(top, "departments")) {
      Department department =
          new Department(
              code(entry, codes),
              text(entry, "name"),
              aliases(entry),
              entry.get("parent") instanceof String parent ? parent : "",
              !"false".equals(entry.get("connected")));
      if (department.code().endsWith("-leader")) {
        throw wrong("department code " + department.code() + " looks like a leaders' group");
      }
      departments.add(department);
    }
    for (Department department : departments) {
      if (!department.parent().isEmpty()
          && departments.stream().noneMatch(d -> d.code().equals(department.parent()))) {
        throw wrong("parent " + department.parent() + " of " + department.code() + " is unknown");
      }
    }
    Set<String> places = new HashSet<>();
    List<District> districts = new ArrayList<>();
    for (Map<?, ?> entry : list(top, "districts")) {
      districts.add(new District(code(entry, places), text(entry, "name")));
    }
    try {
      return new Company(
          id,
          text(top, "name"),
          text(top, "numberPrefix"),
          ZoneId.of(text(top, "zone")),
          LocalTime.parse(text(top, "officeClose")),
          text(top, "hotline"),
          top.get("callbackTable") instanceof String table
              ? table
              : text(top, "name") + "工单处理回访记录表",
          supply(map(top.get("supply"), "supply")),
          List.copyOf(departments),
          List.copyOf(districts));
    } catch (DateTimeException e) {
      throw wrong("zone or officeClose: " + e.getMessage());
    }
  }

  private SupplyWords supply(Map<?, ?> words) {
    return new SupplyWords(
        text(words, "shutoff"),
        text(words, "reduced"),
        text(words, "restored"),
        words.get("advice") instanceof String advice ? advice : "");
  }

  private @Nullable Object load() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    DumperOptions unused = new DumperOptions();
    Yaml yaml =
        new Yaml(
            new SafeConstructor(options),
            new Representer(unused),
            unused,
            options,
            new EverythingIsText());
    try (InputStream in = CompanyFile.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw wrong("there is no such file on the class path (property hotline.companies)");
      }
      return yaml.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (YAMLException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private String code(Map<?, ?> entry, Set<String> taken) {
    String code = text(entry, "code");
    if (!CODE.matcher(code).matches()) {
      throw wrong("code " + code + " must match " + CODE);
    }
    if (!taken.add(code)) {
      throw wrong("code " + code + " is taken, or the name of a role");
    }
    return code;
  }

  private List<String> aliases(Map<?, ?> entry) {
    Object aliases = entry.get("aliases");
    if (aliases == null) {
      return List.of();
    }
    if (!(aliases instanceof List<?> names)) {
      throw wrong("aliases must be a list");
    }
    return names.stream().map(String::valueOf).toList();
  }

  private List<Map<?, ?>> list(Map<?, ?> in, String key) {
    if (!(in.get(key) instanceof List<?> entries) || entries.isEmpty()) {
      throw wrong(key + " must be a list with at least one entry");
    }
    List<Map<?, ?>> maps = new ArrayList<>();
    for (Object entry : entries) {
      maps.add(map(entry, key));
    }
    return maps;
  }

  private Map<?, ?> map(@Nullable Object node, String where) {
    if (node instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(where + " must be a map");
  }

  private String text(Map<?, ?> in, String key) {
    if (in.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(key + " is missing");
  }

  private IllegalStateException wrong(String what) {
    return new IllegalStateException(path + ": " + what);
  }

  /** YAML would read 17:30 as the number 1050 and drop leading zeros of phone numbers. */
  private static final class EverythingIsText extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      // none: whatever stands in the file is text
    }
  }
}
