/** What another implementation needs to recompute a training, and what it must find. */
@NullMarked
package normlab.benchmarks.parity;

import org.jspecify.annotations.NullMarked;
