/** Speed, memory and parity with PyTorch, measured through the same code that trains. */
@NullMarked
package normlab.benchmarks;

import org.jspecify.annotations.NullMarked;
