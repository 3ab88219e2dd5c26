package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DomainsTest {
    @Test
    void aTrialGoesToTheSmallestSizeThatHoldsIt() {
        assertThat(Domains.of("cpu-x", 900)).isEqualTo("cpu-x-2g");
        assertThat(Domains.of("cpu-x", 2048)).isEqualTo("cpu-x-2g");
        assertThat(Domains.of("cpu-x", 2049)).isEqualTo("cpu-x-8g");
        assertThat(Domains.of("cuda-y", 40_000)).isEqualTo("cuda-y-128g");
    }

    @Test
    void whatNoSizeHoldsIsForTheLargest() {
        assertThat(Domains.of("cpu-x", 1_000_000)).isEqualTo("cpu-x-128g");
    }

    @Test
    void aWorkerServesAllSizesUpToItsOwnAndTheLargestFirst() {
        assertThat(Domains.servedBy("cpu-x", 2048)).isEqualTo(List.of("cpu-x-2g"));
        assertThat(Domains.servedBy("cpu-x", 81_920)).isEqualTo(List.of("cpu-x-32g", "cpu-x-8g", "cpu-x-2g"));
    }

    @Test
    void aWorkerBelowTheSmallestSizeServesThatNevertheless() {
        assertThat(Domains.servedBy("cpu-x", 1000)).isEqualTo(List.of("cpu-x-2g"));
    }
}
