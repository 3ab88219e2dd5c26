package normlab.report.claim;

import static normlab.json.Checks.check;

/**
 * A statement that results may support or not.
 *
 * @param id for example {@code C7}; C for a claim of the text, Q for a question of our own
 * @param statement the wording of the text
 * @param hypothesis the statement in terms of measured quantities
 * @param family the tests that Holm's correction covers; claims that name the same family share one correction
 * @param rule how it is judged
 * @param failure what it would mean if the claim is not supported
 */
public record Claim(String id, String statement, String hypothesis, String family, Rule rule, String failure) {
    public Claim {
        check(id.matches("[CQ][0-9]+"), "id is '%s', expected C or Q and a number", id);
        check(!statement.isBlank(), "%s: statement is blank", id);
    }

    /** Whether it is a question of our own rather than a claim of the text. */
    public boolean ours() {
        return id.startsWith("Q");
    }
}
