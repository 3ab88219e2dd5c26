package normlab.app.worker;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import normlab.app.campaign.FailureLog;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrialInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task of a trial that stores the end of the log with the campaign if it fails. A killed process leaves no such log.
 *
 * @param log recent log lines about a trial, by its key
 */
record FailureLoggingTask<O extends Record>(
        Task<TrialInput, O> task, ArtifactStore store, Function<String, List<String>> log)
        implements TaskDecorator<TrialInput, O> {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLoggingTask.class);

    @Override
    public O run(TrialInput input, TaskContext context) throws TaskFailure, TaskInProgress {
        try {
            return task.run(input, context);
        } catch (StoreException e) {
            if (!e.retryable()) {
                store(input, e);
            }
            throw e;
        } catch (TaskFailure | RuntimeException | Error e) {
            if (!context.ended()) {
                store(input, e);
            }
            throw e;
        }
    }

    private void store(TrialInput input, Throwable failure) {
        try {
            StringWriter text = new StringWriter();
            PrintWriter lines = new PrintWriter(text);
            log.apply(input.trial().key()).forEach(lines::println);
            lines.println(name() + " failed:");
            failure.printStackTrace(lines);
            new FailureLog(store, input.campaign(), input.trial()).write(text.toString());
        } catch (StoreException e) {
            LOG.warn("the log of {} is not kept with its campaign: {}", input.trial(), e.getMessage());
        }
    }
}
