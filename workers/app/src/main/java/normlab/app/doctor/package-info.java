/** What this machine has of what NormLab needs. */
@NullMarked
package normlab.app.doctor;

import org.jspecify.annotations.NullMarked;
