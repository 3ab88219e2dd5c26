package normlab.app.campaign;

import java.util.Map;
import java.util.stream.Collectors;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.experiment.Arm;
import normlab.json.Json;
import normlab.trial.PreparedDataset;
import normlab.trial.TrialResult;

/** The card of an exported model, in Markdown: what it is, what it scored, where it comes from, how to load it. */
record ModelCard(CampaignContents contents, Trial trial, TrialResult result, PreparedDataset dataset) {
    String text() {
        return """
                # %s

                An image classifier trained by NormLab: %s with %s, seed %d, of the experiment `%s`.

                %s## Scores

                After the last epoch, never the best one, on the whole official test set, once.

                | | |
                |---|---|
                | test accuracy | %.4f |
                | test accuracy, top 5 | %.4f |
                | test loss (cross-entropy, nats) | %.4f |
                | epochs | %d |
                | parameters | %d |

                One seed of one experiment: the campaign's report has the spread over seeds.

                ## How to use it

                ```python
                from network import load

                network = load()
                logits = network(network.standardise(pixels))  # pixels: uint8 (N, %d, %d, %d)
                ```

                It needs PyTorch and safetensors. With the test images next to it, `python evaluate.py` scores them. With MLflow,
                `mlflow.pyfunc.load_model(".").predict(pixels)` returns the same logits for a NumPy array.
                Classes, in the order of the logits: %s.

                | File | |
                |---|---|
                | `model.safetensors` | weights and running statistics under PyTorch's names |
                | `architecture.json` | the layers in order, the standardisation, the classes |
                | `network.py` | computes with both |
                | `spec.yaml` | the specification, the stack and the dataset that decide the model's bytes |
                | `MLmodel`, `code/`, `requirements.txt`, `python_env.yaml`, `input_example.json`, `serving_input_example.json` | for MLflow: signature, loader, environment, an image |

                ## Provenance

                | | |
                |---|---|
                | trial | `%s` |
                | campaign | `%s` |
                | code | `%s` |
                | SHA-256 of model.safetensors | `%s` |
                | dataset | %s, fingerprint `%s` |
                | licence of the dataset | %s |
                | trained | %s on %s |
                %s
                The model may be used under the licence of NormLab (Apache-2.0), as far as that of the dataset allows.
                """.formatted(
                        trial.planned().label(),
                        trial.identity().spec().network(),
                        trial.identity().spec().activation().title(),
                        trial.identity().spec().seed(),
                        contents.experiment().name(),
                        isCbn() ? "**%s**\n\n".formatted(Arm.DISCLAIMER) : "",
                        result.test().top1(),
                        result.test().top5(),
                        result.test().loss(),
                        result.training().epochs(),
                        result.training().parameters(),
                        dataset.height(),
                        dataset.width(),
                        dataset.channels(),
                        String.join(", ", dataset.classes()),
                        trial.planned().key(),
                        contents.record().id(),
                        contents.record().code(),
                        result.training().modelSha256(),
                        dataset.name(),
                        dataset.fingerprint(),
                        dataset.licence(),
                        result.training().endedAt(),
                        result.training().machine().processor(),
                        stack());
    }

    private String stack() {
        Map<String, String> stack = Json.flat(trial.identity().stack());
        return stack.entrySet().stream()
                .map(e -> "| %s | `%s` |\n".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining());
    }

    private boolean isCbn() {
        return trial.identity().spec().normalization().reconstructed();
    }
}
