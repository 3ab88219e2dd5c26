/** Projects runs onto an MLflow server through MLflow's Java client. */
@NullMarked
package normlab.platform.mlflow;

import org.jspecify.annotations.NullMarked;
