/** The vocabulary of the tests: fakes at the ports and builders of valid records. */
@NullMarked
package normlab.testkit;

import org.jspecify.annotations.NullMarked;
