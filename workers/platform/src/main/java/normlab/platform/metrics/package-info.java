/** What worker processes count, for a Prometheus server to ask for. */
@NullMarked
package normlab.platform.metrics;

import org.jspecify.annotations.NullMarked;
