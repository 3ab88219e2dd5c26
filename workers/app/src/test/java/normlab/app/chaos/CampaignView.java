package normlab.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.config.Connections;
import normlab.json.Json;
import normlab.platform.conductor.ConductorEngine;
import normlab.report.campaign.RerunVerdict;
import normlab.task.TaskAttempt;
import normlab.trial.TrialId;

/** A campaign as its servers have it. */
final class CampaignView implements AutoCloseable {
    private static final int RECENT = 50;

    private final Laboratory laboratory;
    private final String run;
    private final Connections connections;
    private final ConductorEngine engine;

    private CampaignView(Laboratory laboratory, String run, Connections connections) {
        this.laboratory = laboratory;
        this.run = run;
        this.connections = connections;
        this.engine = new ConductorEngine(connections.conductor());
    }

    static CampaignView of(Laboratory laboratory, String run) {
        return new CampaignView(
                laboratory, run, Connections.to(laboratory.running().endpoints(), laboratory.home()));
    }

    /** Attempts of trainings and evaluations beyond the first. */
    int attemptsSpent() {
        return engine.state(engine.workflowOf(run).orElseThrow()).trials().stream()
                .flatMap(trial -> Stream.of(trial.train(), trial.evaluate()))
                .flatMap(Optional::stream)
                .mapToInt(TaskAttempt::attempt)
                .map(attempt -> attempt - 1)
                .sum();
    }

    /** As somebody does on Conductor's own pages: the campaign and each of its trials. */
    void pause() throws IOException, InterruptedException {
        String campaign = engine.workflowOf(run).orElseThrow();
        List<String> trials = engine.state(campaign).trials().stream()
                .filter(trial -> !trial.status().ended())
                .flatMap(trial -> trial.train().stream())
                .flatMap(train -> train.workflow().stream())
                .toList();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String workflow :
                    Stream.concat(Stream.of(campaign), trials.stream()).toList()) {
                URI url = URI.create(laboratory.running().endpoints().conductorUrl())
                        .resolve("/api/workflow/" + workflow + "/pause");
                HttpRequest put = HttpRequest.newBuilder(url)
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build();
                int status =
                        client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
                assertThat(status).as("status of " + url).isEqualTo(200);
            }
        }
    }

    /** Ends what an earlier drill has left at work. */
    static void cancelAll(Laboratory laboratory) {
        try (CampaignView view = of(laboratory, laboratory.undisturbed())) {
            view.engine.campaigns(RECENT).stream()
                    .filter(campaign -> !campaign.status().ended())
                    .forEach(campaign -> view.engine.cancel(campaign.workflowId(), "the drill is over"));
        }
    }

    void expectEqualModels() {
        CampaignReport report = new CampaignReport(connections.store(), ClaimFile.read(laboratory.home()));
        assertThat(report.rerun(CampaignContents.read(connections.store(), run)))
                .as("models, against those of the undisturbed campaign")
                .hasSize(Laboratory.TRIALS)
                .allMatch(RerunVerdict::equalBytes);
    }

    /** Each trial has left what the undisturbed one left, nothing less and nothing more. */
    void expectTheSameObjects() throws IOException {
        for (Trial trial : Trial.of(laboratory.store(), run)) {
            Trial undisturbed = new Trial(
                    laboratory.store().resolve(TrialId.shared(trial.key()).prefix()));
            assertThat(trial.files()).as("objects of trial " + trial.key()).isEqualTo(undisturbed.files());
        }
    }

    /** One parent, a child for each trial, a point for each epoch. */
    void expectEachPointOnceInMlflow() throws IOException, InterruptedException {
        String experiment = ask("experiments/get-by-name?experiment_name=" + Laboratory.EXPERIMENT, "")
                .path("experiment")
                .path("experiment_id")
                .asText();
        JsonNode parents = runs(experiment, "tags.`normlab.run` = '" + run + "'");
        assertThat(parents).as("runs of the campaign in MLflow").hasSize(1);
        String parent = parents.get(0).path("info").path("run_id").asText();
        JsonNode children = runs(experiment, "tags.`mlflow.parentRunId` = '" + parent + "'");
        assertThat(children).as("runs of the trials in MLflow").hasSize(Laboratory.TRIALS);
        for (JsonNode child : children) {
            String id = child.path("info").path("run_id").asText();
            JsonNode history = ask("metrics/get-history?metric_key=train/loss&run_id=" + id, "");
            assertThat(history.path("metrics")).as("points of train/loss").hasSize(Laboratory.EPOCHS);
        }
    }

    private JsonNode runs(String experiment, String filter) throws IOException, InterruptedException {
        String search =
                "{\"experiment_ids\":[\"%s\"],\"filter\":\"%s\",\"max_results\":100}".formatted(experiment, filter);
        return ask("runs/search", search).path("runs");
    }

    /** @param body of a POST; empty for a GET */
    private JsonNode ask(String path, String body) throws IOException, InterruptedException {
        URI url = URI.create(laboratory.running().endpoints().mlflowUrl() + "/api/2.0/mlflow/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(url).version(HttpClient.Version.HTTP_1_1);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return Json.parse(
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                            .body(),
                    url.toString());
        }
    }

    @Override
    public void close() {
        engine.close();
        connections.close();
    }
}
