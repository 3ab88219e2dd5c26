/** Numbers as text, CSV, Markdown and terminal tables. */
@NullMarked
package normlab.report.text;

import org.jspecify.annotations.NullMarked;
