/** What a campaign would do and need, before anything starts. */
@NullMarked
package normlab.app.forecast;

import org.jspecify.annotations.NullMarked;
