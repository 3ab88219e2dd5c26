package normlab.learning.network;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with arrays, which are freed after each of its methods. Gradients are recorded only where it asks for them. */
abstract class WithArrays {
    final NDManager manager = NDManager.newBaseManager();

    @BeforeEach
    void withoutGradients() {
        TorchOps.recordGradients(false);
    }

    @AfterEach
    void close() {
        manager.close();
    }
}
