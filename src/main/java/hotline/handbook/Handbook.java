package hotline.handbook;

import hotline.handbook.CompanyHandbook.Entry;
import hotline.handbook.CompanyHandbook.Row;
import hotline.handbook.CompanyHandbook.Ruled;
import hotline.handbook.CompanyHandbook.Said;
import hotline.handbook.process.Diagrams;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.regulation.TableRow;
import hotline.regulation.TableRow.Cell;
import hotline.regulation.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Puts together article, table rows, steps and tests, from what is deployed now. */
@Component
class Handbook {
  private final Organisation organisation;
  private final Tables tables;
  private final Diagrams diagrams;
  private final List<Requirement> requirements = HandbookFiles.requirements();
  private final List<Ruling> rulings = HandbookFiles.rulings();
  private final List<Proof> scenarios = HandbookFiles.scenarios();
  private final Map<String, Map<String, String>> words = HandbookFiles.words();

  Handbook(Organisation organisation, Tables tables, Diagrams diagrams) {
    this.organisation = organisation;
    this.tables = tables;
    this.diagrams = diagrams;
  }

  CompanyHandbook of(String id) {
    Company company = organisation.company(id);
    List<Requirement> bound = requirements.stream().filter(r -> r.bindsCompany(id)).toList();
    List<Ruling> ruled = rulings.stream().filter(r -> r.bindsCompany(id)).toList();
    Set<String> own =
        Stream.concat(bound.stream().map(Requirement::id), ruled.stream().map(Ruling::id))
            .collect(Collectors.toSet());
    List<Row> rows = rows(company);
    List<Proof> cases = HandbookFiles.cases(id);
    List<Proof> proofs =
        Stream.concat(cases.stream(), scenarios.stream())
            .filter(proof -> own.contains(proof.id()))
            .map(
                proof ->
                    new Proof(
                        proof.id(), proof.test(), Citations.only(own::contains, proof.sentence())))
            .toList();
    return new CompanyHandbook(
        company,
        rows.size(),
        (int) cases.stream().map(proof -> proof.test() + proof.sentence()).distinct().count(),
        bound.stream().map(each -> entry(each, rows, proofs)).toList(),
        ruled.stream()
            .map(each -> new Ruled(each, citing(each.id(), rows), proving(each.id(), proofs)))
            .toList());
  }

  private static Entry entry(Requirement requirement, List<Row> rows, List<Proof> proofs) {
    List<Row> carrying = citing(requirement.id(), rows);
    List<Step> steps = carrying.stream().flatMap(row -> row.steps().stream()).distinct().toList();
    return new Entry(requirement, carrying, steps, proving(requirement.id(), proofs));
  }

  private static List<Row> citing(String id, List<Row> rows) {
    return rows.stream().filter(row -> row.cites().contains(id)).toList();
  }

  private static List<Proof> proving(String id, List<Proof> proofs) {
    return proofs.stream().filter(proof -> proof.id().equals(id)).toList();
  }

  private List<Row> rows(Company company) {
    Vocabulary vocabulary =
        new Vocabulary(
            company,
            organisation,
            words,
            tables.rows(company.id(), AskedTable.INTAKE.file()),
            tables.rows(company.id(), AskedTable.OUTAGE_DUTIES.file()));
    List<Step> drawn = diagrams.steps();
    List<Row> rows = new ArrayList<>();
    for (AskedTable table : AskedTable.values()) {
      for (TableRow row : tables.rows(company.id(), table.file())) {
        rows.add(
            new Row(
                table,
                row.number(),
                said(row, row.inputs(), vocabulary::condition),
                said(row, row.outputs(), vocabulary::answer),
                row.annotation(),
                Citations.in(row.output("article") + " " + row.annotation()),
                table.shownAt(drawn, row.output("milestone"))));
      }
    }
    return rows;
  }

  private static List<Said> said(
      TableRow row, List<Cell> cells, BiFunction<TableRow, Cell, String> words) {
    return cells.stream()
        .map(cell -> new Said(cell.label(), words.apply(row, cell)))
        .filter(said -> !said.words().isEmpty())
        .toList();
  }
}
