package normlab.app.worker;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import normlab.app.campaign.FailureLog;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.task.HandBack;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.TrialInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task of a trial whose failure keeps the end of the log with the campaign. A process that is killed tells nothing.
 *
 * @param log recent lines about a trial, by its key
 */
record ToldFailure<O extends Record>(Task<TrialInput, O> task, ArtifactStore store, Function<String, List<String>> log)
        implements Around<TrialInput, O> {
    private static final Logger LOG = LoggerFactory.getLogger(ToldFailure.class);

    @Override
    public O run(TrialInput input, TaskContext context) throws TaskFailure, HandBack {
        try {
            return task.run(input, context);
        } catch (StoreException e) {
            if (!e.retryable()) {
                tell(input, e);
            }
            throw e;
        } catch (TaskFailure | RuntimeException | Error e) {
            if (!context.ended()) {
                tell(input, e);
            }
            throw e;
        }
    }

    private void tell(TrialInput input, Throwable failure) {
        try {
            StringWriter text = new StringWriter();
            PrintWriter lines = new PrintWriter(text);
            log.apply(input.trial().key()).forEach(lines::println);
            lines.println(name() + " failed:");
            failure.printStackTrace(lines);
            new FailureLog(store, input.run(), input.trial()).write(text.toString());
        } catch (StoreException e) {
            LOG.warn("the log of {} is not kept with its campaign: {}", input.trial(), e.getMessage());
        }
    }
}
