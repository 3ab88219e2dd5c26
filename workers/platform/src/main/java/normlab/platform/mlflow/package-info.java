/** Projects runs onto an MLflow server through its REST API. */
@NullMarked
package normlab.platform.mlflow;

import org.jspecify.annotations.NullMarked;
