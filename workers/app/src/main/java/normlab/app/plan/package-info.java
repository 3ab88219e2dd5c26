/** What a campaign would do and need, told before anything is started. */
@NullMarked
package normlab.app.plan;

import org.jspecify.annotations.NullMarked;
