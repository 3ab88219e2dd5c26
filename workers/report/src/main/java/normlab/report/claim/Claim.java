package normlab.report.claim;

import static normlab.json.Checks.check;

/**
 * One statement that results may support or not.
 *
 * @param id for example {@code C7}
 * @param statement what the text says
 * @param hypothesis the same in quantities that are measured
 * @param family which tests Holm's correction is over
 * @param rule how it is read
 * @param failure what it would mean if it is not supported
 */
public record Claim(String id, String statement, String hypothesis, String family, Rule rule, String failure) {
    public Claim {
        check(id.matches("C[0-9]+"), "id is '%s', expected C and a number", id);
        check(!statement.isBlank(), "%s: statement is blank", id);
    }
}
