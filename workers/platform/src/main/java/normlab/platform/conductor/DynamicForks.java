package normlab.platform.conductor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import normlab.json.Json;
import normlab.task.Tasks.PlanGroupInput;
import normlab.task.Tasks.PlanInput;
import normlab.task.Tasks.PlanOutput;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.TrialInput;

/** A plan in the form of Conductor's dynamic forks: for each fork the list of its branches, and their inputs by name. */
final class DynamicForks {
    /**
     * Trials of one fork, at most. Conductor reads and writes a whole workflow at each step of any branch, so the cost of
     * a trial grows with its fork; and the server's record of a fork, up to 1,000 bytes a trial, stays below 64 KiB.
     */
    static final int GROUP = 64;

    private static final int KEY_DIGITS = 12;
    private static final String TRAIN = "train";

    private final List<Map<String, Object>> tasks = new ArrayList<>();
    private final Map<String, Object> inputs = new LinkedHashMap<>();

    private DynamicForks() {}

    /** The output of the task {@code plan}, with the keys that {@code benchmark.json} refers to. */
    static Map<String, Object> of(PlanInput asked, PlanOutput plan, TrialRouting routing) {
        DynamicForks datasets = new DynamicForks();
        plan.datasets().forEach(datasets::addDataset);
        DynamicForks trials = new DynamicForks();
        if (plan.trials().size() <= GROUP) {
            plan.trials().forEach(trial -> trials.addTrial(trial, routing, !asked.failFast()));
        } else {
            for (int first = 0; first < plan.trials().size(); first += GROUP) {
                trials.addGroup(new PlanGroupInput(asked.campaign(), asked.failFast(), first, GROUP));
            }
        }
        return Map.of(
                "cached", plan.cached(),
                "datasetTasks", datasets.tasks,
                "datasetInputs", datasets.inputs,
                "trialTasks", trials.tasks,
                "trialInputs", trials.inputs);
    }

    /**
     * The output of the task {@code plan_group}, with the keys that {@code trial_group.json} refers to.
     *
     * @param toTrain all trials of the campaign that are to be trained
     */
    static Map<String, Object> ofGroup(PlanGroupInput asked, List<TrialInput> toTrain, TrialRouting routing) {
        DynamicForks trials = new DynamicForks();
        toTrain.stream()
                .skip(asked.first())
                .limit(asked.trials())
                .forEach(trial -> trials.addTrial(trial, routing, !asked.failFast()));
        return Map.of("trialTasks", trials.tasks, "trialInputs", trials.inputs);
    }

    private void addDataset(PrepareDatasetInput input) {
        add("dataset_" + input.dataset().name(), input, Map.of("name", "prepare_dataset", "type", "SIMPLE"));
    }

    /** @param optional whether the other trials and the report go on if this one fails */
    private void addTrial(TrialInput input, TrialRouting routing, boolean optional) {
        String key = input.trial().key();
        Map<String, Object> workflow = workflow(WorkflowDefinitions.TRIAL);
        routing.domain(input).ifPresent(domain -> workflow.put("taskToDomain", Map.of(TRAIN, domain)));
        addWorkflow(workflow, "trial_" + key.substring(0, Math.min(KEY_DIGITS, key.length())), input, optional);
    }

    private void addGroup(PlanGroupInput input) {
        Map<String, Object> workflow = workflow(WorkflowDefinitions.TRIAL_GROUP);
        addWorkflow(workflow, "trials_from_" + input.first(), input, !input.failFast());
    }

    private static Map<String, Object> workflow(String name) {
        return new LinkedHashMap<>(Map.of("name", name, "version", 1));
    }

    private void addWorkflow(Map<String, Object> workflow, String reference, Record input, boolean optional) {
        Map<String, Object> branch = new LinkedHashMap<>();
        branch.put("name", workflow.get("name"));
        branch.put("type", "SUB_WORKFLOW");
        branch.put("optional", optional);
        branch.put("subWorkflowParam", workflow);
        add(reference, input, branch);
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
