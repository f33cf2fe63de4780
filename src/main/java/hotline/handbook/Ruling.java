package hotline.handbook;

import hotline.regulation.Words;

/** What was decided where two wordings of the regulations do not agree. */
record Ruling(
    String id,
    String companies,
    String wordingOne,
    String wordingTwo,
    String decision,
    String later) {

  boolean bindsCompany(String company) {
    return Words.of(companies).contains(company);
  }
}
