/** The embedded stack: Conductor, MLflow, S3Proxy and the workers on one machine, owned by one supervisor process. */
@NullMarked
package normlab.platform.stack;

import org.jspecify.annotations.NullMarked;
