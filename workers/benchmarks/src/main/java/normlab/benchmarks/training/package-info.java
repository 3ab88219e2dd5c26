/** Speed and memory of training, measured in processes of their own. */
@NullMarked
package normlab.benchmarks.training;

import org.jspecify.annotations.NullMarked;
