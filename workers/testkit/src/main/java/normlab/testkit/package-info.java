/** The tests' vocabulary: fakes at the ports, builders of valid records. */
@NullMarked
package normlab.testkit;

import org.jspecify.annotations.NullMarked;
