/** What is compared: experiments, arms, trials, and the recipe that trains them. */
@NullMarked
package normlab.experiment;

import org.jspecify.annotations.NullMarked;
