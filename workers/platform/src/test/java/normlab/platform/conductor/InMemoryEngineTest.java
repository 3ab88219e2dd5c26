package normlab.platform.conductor;

import java.util.List;
import org.junit.jupiter.api.AfterEach;

class InMemoryEngineTest extends WorkflowEngineContract {
    private final InMemoryEngine engine = new InMemoryEngine();

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    WorkflowEngine engine() {
        return engine;
    }

    @Override
    String host(List<TaskBinding> bindings) {
        return engine.host(bindings);
    }
}
