package hotline.regulation;

import java.util.List;
import java.util.Map;

/** The decision tables of all companies, each found by company and table name. */
public interface Tables {
  /** Every row that hits, as output name to value; empty when no row hits. */
  List<Map<String, Object>> ask(String company, String table, Map<String, Object> question);

  /** Every row of the newest table as its designer wrote it, from the top. */
  List<TableRow> rows(String company, String table);
}
