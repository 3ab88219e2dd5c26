/** What crosses a task boundary: one input and one output record for each task. */
@NullMarked
package normlab.task;

import org.jspecify.annotations.NullMarked;
