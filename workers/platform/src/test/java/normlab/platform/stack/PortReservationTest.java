package normlab.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import normlab.platform.server.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortReservationTest {
    private static final Ports PREFERRED = new Ports(26_000, 26_300, 26_600);

    @TempDir
    Path locks;

    @Test
    void aTakenPortIsPassedOver() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int taken = other.getLocalPort();
            PortReservation reservation = PortReservation.in(locks);
            Ports ports = reservation.reserve(Optional.empty(), new Ports(taken, 26_300, 26_600));
            assertThat(ports.conductor()).isGreaterThan(taken);
            reservation.release();
        }
    }

    @Test
    void theLastPortsAreTakenAgain() {
        Ports last = new Ports(26_010, 26_310, 26_610);
        PortReservation reservation = PortReservation.in(locks);
        assertThat(reservation.reserve(Optional.of(last), PREFERRED)).isEqualTo(last);
        reservation.release();
    }

    @Test
    void lastPortsThatAreTakenGiveWayToPreferredOnes() {
        PortReservation first = PortReservation.in(locks);
        Ports last = first.reserve(Optional.empty(), new Ports(26_020, 26_320, 26_620));
        PortReservation second = PortReservation.in(locks);
        Ports ports = second.reserve(Optional.of(last), PREFERRED);
        assertThat(ports.conductor()).isBetween(26_000, 26_019);
        assertThat(ports.s3()).isBetween(26_600, 26_619);
        first.release();
        second.release();
    }

    @Test
    void twoStacksThatStartAtOnceDoNotShareAPort() {
        PortReservation one = PortReservation.in(locks);
        PortReservation other = PortReservation.in(locks);
        Ports first = one.reserve(Optional.empty(), PREFERRED);
        Ports second = other.reserve(Optional.empty(), PREFERRED);
        assertThat(second.conductor()).isNotEqualTo(first.conductor());
        assertThat(second.mlflow()).isNotEqualTo(first.mlflow());
        assertThat(second.s3()).isNotEqualTo(first.s3());
        one.release();
        other.release();
    }
}
