package hotline.regulation;

import java.util.List;
import java.util.Map;

/** The decision tables of all companies, each found by company and table name. */
public interface Tables {
  /** Every row that hits, as output name to value; empty when no row hits. */
  List<Map<String, Object>> ask(String company, String table, Map<String, Object> question);

  /** The rows' literal texts of the input columns, in the table's order. */
  List<Map<String, String>> inputs(String company, String table);
}
