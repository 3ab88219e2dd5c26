package normlab.platform.conductor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import normlab.campaign.CampaignStatus;

/** Campaigns in threads of this process. Domains are not looked at. */
final class InMemoryEngine implements WorkflowEngine {
    private static final String ID = "in-memory:";

    private final List<String> started = new ArrayList<>();
    private final Map<String, InMemoryCampaign> campaigns = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<InMemoryTask>> queues = new ConcurrentHashMap<>();
    private final List<Thread> workers = new ArrayList<>();

    /**
     * Starts a worker: one thread for each kind of task.
     *
     * @return its identity
     */
    String host(List<TaskBinding> bindings) {
        String identity = "in-memory-worker-" + workers.size();
        bindings.forEach(binding -> workers.add(Thread.ofVirtual().start(() -> work(binding, identity))));
        return identity;
    }

    private void work(TaskBinding binding, String identity) {
        try {
            while (true) {
                queue(binding.name()).take().run(binding, identity);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private BlockingQueue<InMemoryTask> queue(String name) {
        return queues.computeIfAbsent(name, n -> new LinkedBlockingQueue<>());
    }

    @Override
    public synchronized String start(String run, boolean failFast) {
        String workflow = ID + run;
        if (!campaigns.containsKey(workflow)) {
            started.addFirst(workflow);
            go(run, failFast, workflow);
        }
        return workflow;
    }

    private void go(String run, boolean failFast, String workflow) {
        InMemoryCampaign campaign = new InMemoryCampaign(run, failFast, workflow, this::queue);
        campaigns.put(workflow, campaign);
        campaign.start();
    }

    @Override
    public Optional<String> workflowOf(String run) {
        return Optional.of(ID + run).filter(campaigns::containsKey);
    }

    @Override
    public CampaignState state(String workflowId) {
        return campaign(workflowId).state();
    }

    @Override
    public CampaignState outline(String workflowId) {
        return campaign(workflowId).outline();
    }

    @Override
    public void cancel(String workflowId, String reason) {
        campaign(workflowId).end(CampaignStatus.CANCELLED, Optional.of(reason));
    }

    @Override
    public synchronized void restart(String workflowId) {
        InMemoryCampaign ended = campaign(workflowId);
        go(ended.facts().id(), ended.failsFast(), workflowId);
    }

    /** Nobody can pause a campaign here. */
    @Override
    public void resume(String workflowId) {
        campaign(workflowId);
    }

    @Override
    public synchronized List<Campaign> campaigns(int atMost) {
        return started.stream()
                .limit(atMost)
                .map(workflow -> campaign(workflow).facts())
                .toList();
    }

    @Override
    public synchronized List<Campaign> running() {
        return campaigns(Integer.MAX_VALUE).stream()
                .filter(campaign -> !campaign.status().ended())
                .toList();
    }

    private InMemoryCampaign campaign(String workflowId) {
        return Optional.ofNullable(campaigns.get(workflowId))
                .orElseThrow(() -> new IllegalArgumentException("[%s] is no campaign".formatted(workflowId)));
    }

    @Override
    public void close() {
        workers.forEach(Thread::interrupt);
    }
}
