/** Registrations in the checkout: written by {@code register}, committed, and found by the campaigns that follow. */
@NullMarked
package normlab.app.registration;

import org.jspecify.annotations.NullMarked;
