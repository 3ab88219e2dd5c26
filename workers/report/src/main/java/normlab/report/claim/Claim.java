package normlab.report.claim;

import static normlab.json.Checks.check;

/**
 * A statement that results may support or not.
 *
 * @param id for example {@code C7}
 * @param statement the wording of the text
 * @param hypothesis the statement in terms of measured quantities
 * @param family the tests that Holm's correction covers
 * @param rule how it is judged
 * @param failure what it would mean if the claim is not supported
 */
public record Claim(String id, String statement, String hypothesis, String family, Rule rule, String failure) {
    public Claim {
        check(id.matches("C[0-9]+"), "id is '%s', expected C and a number", id);
        check(!statement.isBlank(), "%s: statement is blank", id);
    }
}
