package normlab.platform.conductor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import normlab.json.Json;
import normlab.task.Tasks.PlanOutput;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.TrialInput;

/** A plan as Conductor's dynamic forks want it: for each fork the list of its branches, and their inputs by name. */
final class DynamicForks {
    /** A trial's reference name begins so; its last part is the beginning of the trial's key. */
    static final String TRIAL = "trial_";

    private static final int KEY_DIGITS = 12;

    private final List<Map<String, Object>> tasks = new ArrayList<>();
    private final Map<String, Object> inputs = new LinkedHashMap<>();

    private DynamicForks() {}

    /** The output of the task {@code plan}, with the keys that {@code benchmark.json} refers to. */
    static Map<String, Object> of(PlanOutput plan) {
        DynamicForks datasets = new DynamicForks();
        plan.datasets().forEach(datasets::addDataset);
        DynamicForks trials = new DynamicForks();
        plan.trials().forEach(trials::addTrial);
        return Map.of(
                "cached", plan.cached(),
                "datasetTasks", datasets.tasks,
                "datasetInputs", datasets.inputs,
                "trialTasks", trials.tasks,
                "trialInputs", trials.inputs);
    }

    private void addDataset(PrepareDatasetInput input) {
        add("dataset_" + input.dataset().name(), input, Map.of("name", "prepare_dataset", "type", "SIMPLE"));
    }

    /** A trial is optional: one that fails ends as it may, and the others and the report go on. */
    private void addTrial(TrialInput input) {
        String key = input.prefix().substring(input.prefix().lastIndexOf('/') + 1);
        add(
                TRIAL + key.substring(0, Math.min(KEY_DIGITS, key.length())),
                input,
                Map.of(
                        "name",
                        "trial",
                        "type",
                        "SUB_WORKFLOW",
                        "optional",
                        true,
                        "subWorkflowParam",
                        Map.of("name", "trial", "version", 1)));
    }

    private void add(String wanted, Record input, Map<String, Object> branch) {
        String name = wanted.replaceAll("[^A-Za-z0-9_]", "_");
        for (int i = 2; inputs.containsKey(name); i++) {
            name = wanted.replaceAll("[^A-Za-z0-9_]", "_") + "_" + i;
        }
        Map<String, Object> task = new LinkedHashMap<>(branch);
        task.put("taskReferenceName", name);
        tasks.add(task);
        inputs.put(name, Json.map(input));
    }
}
