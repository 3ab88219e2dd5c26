package normlab.app.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import normlab.app.campaign.ClaimFile;
import normlab.app.registration.Registrations.Registered;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.platform.config.ExperimentFiles;
import normlab.provenance.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationsTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private Checkout checkout = new Checkout(folder);

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Checkout.in(folder);
    }

    @Test
    void aRegistrationIsAPageAndAFileThatNamesItsHash() throws IOException {
        Registered registered = checkout.register(AT);
        String page = Files.readString(folder.resolve(Registration.page("asked")));
        assertThat(page)
                .contains("Does the place of normalization matter?")
                .contains("- It does not.")
                .contains("An interval that excludes zero.")
                .contains("`bn`: 1, 2")
                .contains("901")
                .contains("C5");
        Registration read = registered.registration();
        assertThat(read.pageSha256()).isEqualTo(Sha256.of(page));
        assertThat(read.experiment()).isEqualTo(checkout.asked());
        assertThat(read.contradictions()).isEmpty();
        assertThat(Files.readAllBytes(folder.resolve(Registration.path("asked"))))
                .isEqualTo(registered.file());
    }

    @Test
    void aRegistrationIsNotOverwrittenButSuperseded() {
        Registered first = checkout.register(AT);
        assertThatThrownBy(() -> checkout.register(AT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--supersedes asked");
        assertThatThrownBy(() -> write(checkout.asked(), "asked")).hasMessageContaining("nothing has changed");
        Experiment longer = checkout.asked("recipe.epochs=11");
        assertThatThrownBy(() -> write(longer, "other")).hasMessageContaining("not as other");
        Registered second = write(longer, "asked");
        assertThat(second.name()).isEqualTo("asked-2");
        assertThat(second.registration().supersedes()).contains(new Registration.Superseded("asked", first.sha256()));
        assertThat(new Registrations(folder).current("asked").map(Registered::name))
                .contains("asked-2");
    }

    @Test
    void whatAsksNothingOrWasSeenBeforeIsNotRegistered() {
        Experiment smoke = new ExperimentFiles(checkout.home().experiments()).load("smoke");
        assertThatThrownBy(() -> write(smoke, null)).hasMessageContaining("has no protocol");
        assertThatThrownBy(() -> write(checkout.asked("arms.bn.seeds=[1, 901]"), null))
                .hasMessageContaining("pilot seeds")
                .hasMessageContaining("sigmoid-bn-s901");
        assertThatThrownBy(() -> write(
                        checkout.asked(
                                "protocol.pilotSeeds=[3]",
                                "stoppingRule={treatment: cbn, baseline: bn, halfWidth: 1, mostSeeds: 4}"),
                        null))
                .hasMessageContaining("sigmoid-bn-s3");
        assertThat(new Registrations(folder).current("asked")).isEmpty();
    }

    @Test
    void onlyACommitThatHasItAsItIsContainsARegistration() {
        String before = checkout.commit();
        Registered registered = checkout.register(AT);
        Registrations registrations = new Registrations(folder);
        String with = checkout.commit();
        assertThat(registrations.contains(before, registered)).isFalse();
        assertThat(registrations.contains(with, registered)).isTrue();
        assertThat(registrations.contains(with + "-dirty", registered)).isFalse();
        checkout.write(Registration.path("asked"), "{}");
        assertThat(registrations.contains(checkout.commit(), registered)).isFalse();
    }

    private Registered write(Experiment experiment, @org.jspecify.annotations.Nullable String supersedes) {
        return new Registrations(folder)
                .write(
                        experiment,
                        ClaimFile.read(checkout.home()),
                        Optional.ofNullable(supersedes),
                        AT.plusSeconds(60));
    }
}
