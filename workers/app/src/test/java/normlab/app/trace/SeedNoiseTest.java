package normlab.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SeedNoiseTest {
    private static final int CELLS = 20;
    private static final int SEEDS = 5;
    private static final double SPREAD = 0.005;

    @Test
    void campaignsThatDifferByTheirSeedsAloneAreSeldomCalledDifferent() {
        int called = 0;
        for (int campaign = 0; campaign < 1000; campaign++) {
            called += noise(new Random(campaign), 0).beyond().isPresent() ? 1 : 0;
        }
        // One in twenty is what the level promises.
        assertThat(called).isBetween(20, 90);
    }

    @Test
    void aCellThatIsFarOffIsNamed() {
        assertThat(noise(new Random(1), 5 * SPREAD).beyond().orElseThrow())
                .startsWith("Beyond seed noise in cell-0: +");
    }

    @Test
    void withOneSeedACellThereIsNothingToCompareWith() {
        SeedNoise noise = new SeedNoise();
        noise.add("cell", 0.8, 0.8);
        assertThat(noise.beyond()).hasValueSatisfying(words -> assertThat(words).contains("no seed noise"));
    }

    /** @param shift of the first cell */
    private static SeedNoise noise(Random random, double shift) {
        SeedNoise noise = new SeedNoise();
        for (int cell = 0; cell < CELLS; cell++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                double then = 0.8 + SPREAD * random.nextGaussian();
                double now = 0.8 + SPREAD * random.nextGaussian() + (cell == 0 ? shift : 0);
                noise.add("cell-" + cell, then, now);
            }
        }
        return noise;
    }
}
