/** A campaign as the store holds it: its contents, its ending, its report and its models. */
@NullMarked
package normlab.app.campaign;

import org.jspecify.annotations.NullMarked;
