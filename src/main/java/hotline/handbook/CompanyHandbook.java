package hotline.handbook;

import hotline.organisation.Company;
import java.util.List;
import java.util.Set;

/** All that the handbook says of one company. */
record CompanyHandbook(
    Company company, int rows, int cases, List<Entry> entries, List<Ruled> rulings) {

  /** How far a requirement has come. */
  enum Standing {
    CARRIED_OUT("已落实"),
    UNPROVEN("缺测试"),
    MISSING("未落实"),
    LATER("后续工作");

    private final String label;

    Standing(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** One column of a row in people's words. */
  record Said(String column, String words) {}

  /** A row of a table and what it cites. */
  record Row(
      AskedTable table,
      int number,
      List<Said> conditions,
      List<Said> answers,
      String annotation,
      Set<String> cites,
      List<Step> steps) {}

  /** One requirement: the rows that carry it, the steps where it shows, the tests that prove it. */
  record Entry(Requirement requirement, List<Row> rows, List<Step> steps, List<Proof> proofs) {
    Standing standing() {
      if (requirement.isLater()) {
        return Standing.LATER;
      }
      if (!proofs.isEmpty()) {
        return Standing.CARRIED_OUT;
      }
      return rows.isEmpty() ? Standing.MISSING : Standing.UNPROVEN;
    }
  }

  /** One ruling with the rows that mention it and the tests that prove it. */
  record Ruled(Ruling ruling, List<Row> rows, List<Proof> proofs) {}

  List<Entry> standing(Standing standing) {
    return entries.stream().filter(entry -> entry.standing() == standing).toList();
  }
}
