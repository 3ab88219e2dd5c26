package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepairTest {
    private static final String TRIAL = "trials/0123";

    private final DamagedStore store = new DamagedStore();
    private final Repair repair = new Repair(store);

    @Test
    void aDamagedModelTakesTheResultsThatRestOnItWithItAndLeavesTheRest() {
        write("spec.json", "journal.jsonl", "model.safetensors", "training.json", "result.json");
        store.damage(TRIAL + "/model.safetensors");
        assertThat(repair.check(TRIAL)).isTrue();
        assertThat(store.list(TRIAL + "/")).containsExactly(TRIAL + "/journal.jsonl", TRIAL + "/spec.json");
    }

    @Test
    void aDamagedResultIsScoredAgainWithoutATraining() {
        write("spec.json", "model.safetensors", "training.json", "result.json");
        store.damage(TRIAL + "/result.json");
        assertThat(repair.check(TRIAL)).isTrue();
        assertThat(store.list(TRIAL + "/"))
                .containsExactly(TRIAL + "/model.safetensors", TRIAL + "/spec.json", TRIAL + "/training.json");
    }

    @Test
    void whatAnotherProcessHasMendedMeanwhileStays() {
        write("model.safetensors", "result.json");
        assertThat(repair.makeRoom(TRIAL + "/model.safetensors")).isFalse();
        assertThat(repair.check(TRIAL)).isFalse();
        assertThat(store.list(TRIAL + "/")).hasSize(2);
    }

    @Test
    void aTrialBelowARunAndADatasetAreRepairedAndARunIsNot() {
        for (String key :
                List.of("runs/r/trials/0/model.safetensors", "datasets/d/0/train.images", "runs/r/plan.json")) {
            store.put(key, new byte[1]);
            store.damage(key);
        }
        assertThat(repair.makeRoom("runs/r/trials/0/model.safetensors")).isTrue();
        assertThat(repair.makeRoom("datasets/d/0/train.images")).isTrue();
        assertThat(repair.makeRoom("runs/r/plan.json")).isFalse();
        assertThat(store.list("")).containsExactly("runs/r/plan.json");
    }

    private void write(String... files) {
        for (String file : files) {
            store.put(TRIAL + "/" + file, new byte[1]);
        }
    }
}
