package hotline.handbook;

/** A test that cites a requirement or ruling: where it stands and the sentence that it proves. */
record Proof(String id, String test, String sentence) {}
