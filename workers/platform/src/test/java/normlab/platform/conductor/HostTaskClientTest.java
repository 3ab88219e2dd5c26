package normlab.platform.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.conductor.common.metadata.tasks.Task;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostTaskClientTest {
    private final HeldTasks journal = new HeldTasks(Optional.empty());

    /** Nobody listens there. */
    private final HostTaskClient client = new HostTaskClient(
            new ConductorServer(URI.create("http://127.0.0.1:1/api")).connect(), journal, List.of(), () -> false);

    @Test
    void anInheritedTaskIsGivenOutOnceThoughItWasSettledTwice() {
        Task task = new Task();
        task.setTaskId("t1");
        task.setTaskDefName("train");
        HeldTasks.Entry held = HeldTasks.Entry.of(task, "host:1:slot-1");
        client.inherit(held, task);
        client.inherit(held, task);

        assertThat(client.batchPollTasksInDomain("train", null, "host:2:slot-1", 1, 0))
                .containsExactly(task);
        assertThat(journal.holds("t1")).isTrue();
        assertThat(client.batchPollTasksInDomain("train", null, "host:2:slot-1", 1, 0))
                .isEmpty();
    }
}
