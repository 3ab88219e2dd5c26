package normlab.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndLabelsTest {
    @Test
    void labelsThatWouldOverlapMoveApartAndStayInside() {
        double[] places = EndLabels.apart(new double[] {10, 11, 12, 95, 99}, 5, 100);
        for (int i = 1; i < places.length; i++) {
            assertThat(places[i] - places[i - 1]).isGreaterThanOrEqualTo(15);
        }
        assertThat(places[0]).isGreaterThanOrEqualTo(5);
        assertThat(places[4]).isLessThanOrEqualTo(100);
    }

    @Test
    void labelsWithRoomStayWhereTheyAre() {
        assertThat(EndLabels.apart(new double[] {10, 40, 90}, 5, 100)).containsExactly(10, 40, 90);
    }
}
