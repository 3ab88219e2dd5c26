package normlab.platform.conductor;

import java.util.List;
import java.util.stream.IntStream;
import normlab.experiment.DatasetSpec;
import normlab.provenance.Sha256;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.EvaluateOutput;
import normlab.task.Tasks.PlanInput;
import normlab.task.Tasks.PlanOutput;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.task.Tasks.ReportInput;
import normlab.task.Tasks.ReportOutput;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrialId;

/** Tiny tasks that make a whole benchmark. */
final class Benchmarks {
    static final TrainOutput TRAINED = new TrainOutput("completed", 1, "00", 0.1, false);

    private Benchmarks() {}

    /** What every campaign needs beside training: plan, preparation, evaluation, report. */
    static List<TaskBinding> around(int trials) {
        return around(trials, TrialRouting.ANYWHERE);
    }

    static List<TaskBinding> around(int trials, TrialRouting routing) {
        FakeTask<PlanInput, PlanOutput> plan =
                new FakeTask<>("plan", PlanInput.class, (in, c) -> plan(in.campaign(), trials));
        return List.of(
                TaskBinding.ofPlan(plan, routing),
                TaskBinding.ofGroupPlan(run -> plan(run, trials).trials(), routing),
                TaskBinding.of(new FakeTask<>(
                        "prepare_dataset",
                        PrepareDatasetInput.class,
                        (in, c) -> new PrepareDatasetOutput("datasets/x", false, 1, 1, 1))),
                TaskBinding.of(new FakeTask<>(
                        "evaluate", TrialInput.class, (in, c) -> new EvaluateOutput("completed", 0.9, 0.3, 0.1))),
                TaskBinding.of(new FakeTask<>(
                        "report",
                        ReportInput.class,
                        (in, c) -> new ReportOutput("runs/" + in.campaign() + "/report.html", "m", trials, 0, 0))));
    }

    static TaskBinding train(Training training) {
        return TaskBinding.of(new FakeTask<>("train", TrialInput.class, (in, context) -> {
            training.run(in, context);
            return TRAINED;
        }));
    }

    static PlanOutput plan(String run, int trials) {
        PrepareDatasetInput dataset = new PrepareDatasetInput(new DatasetSpec("fashion-mnist", 10, 2), "f1");
        return new PlanOutput(
                List.of(dataset),
                IntStream.range(0, trials)
                        .mapToObj(i -> new TrialInput(run, trial(run, i)))
                        .toList(),
                0);
    }

    static TrialId trial(String run, int trial) {
        return TrialId.shared(Sha256.of(run + trial));
    }

    interface Training {
        void run(TrialInput input, TaskContext context) throws TaskFailure, TaskInProgress;
    }
}
