/** The projection of runs onto an MLflow server, by its REST interface. */
@NullMarked
package normlab.platform.mlflow;

import org.jspecify.annotations.NullMarked;
