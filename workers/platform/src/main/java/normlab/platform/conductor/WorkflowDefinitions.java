package normlab.platform.conductor;

import com.fasterxml.jackson.core.type.TypeReference;
import com.netflix.conductor.common.config.ObjectMapperProvider;
import com.netflix.conductor.common.metadata.tasks.TaskDef;
import com.netflix.conductor.common.metadata.workflow.WorkflowDef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import normlab.json.InvalidInputException;

/** The definitions in the folder {@code workflows}: {@code tasks.json}, and one file for each workflow. */
record WorkflowDefinitions(List<TaskDef> tasks, List<WorkflowDef> workflows) {
    static final String BENCHMARK = "benchmark";
    static final String TRIAL = "trial";
    static final String TRIAL_GROUP = "trial_group";

    /** @throws InvalidInputException if a file is missing or cannot be read */
    static WorkflowDefinitions read(Path folder) {
        return new WorkflowDefinitions(
                read(folder.resolve("tasks.json"), new TypeReference<>() {}),
                List.of(
                        read(folder.resolve(TRIAL + ".json"), new TypeReference<WorkflowDef>() {}),
                        read(folder.resolve(TRIAL_GROUP + ".json"), new TypeReference<WorkflowDef>() {}),
                        read(folder.resolve(BENCHMARK + ".json"), new TypeReference<WorkflowDef>() {})));
    }

    private static <T> T read(Path file, TypeReference<T> type) {
        try {
            return new ObjectMapperProvider().getObjectMapper().readValue(Files.readAllBytes(file), type);
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "is not a Conductor definition: " + Reason.of(e));
        }
    }
}
