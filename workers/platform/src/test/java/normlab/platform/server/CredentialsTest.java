package normlab.platform.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import normlab.platform.process.ProcessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    @TempDir
    Path root;

    @Test
    void onlyTheOwnerMayReadTheFile() throws IOException {
        DataFolder paths = new DataFolder(root);
        Credentials.of(paths);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.credentials())))
                .isEqualTo("rw-------");
    }

    @Test
    void theSecondCallFindsWhatTheFirstOneMade() {
        DataFolder paths = new DataFolder(root);
        assertThat(Credentials.of(paths)).isEqualTo(Credentials.of(paths));
    }

    @Test
    void eachInstallationHasItsOwn() {
        Credentials one = Credentials.of(new DataFolder(root.resolve("one")));
        Credentials other = Credentials.of(new DataFolder(root.resolve("other")));
        assertThat(one.secretKey()).isNotEqualTo(other.secretKey()).hasSize(48);
        assertThat(one.accessKey()).isNotEqualTo(other.accessKey());
    }

    @Test
    void theTextFormHidesTheSecret() {
        Credentials credentials = Credentials.of(new DataFolder(root));
        assertThat(credentials.toString()).contains(credentials.accessKey()).doesNotContain(credentials.secretKey());
    }

    @Test
    void aDamagedFileIsRefusedWithoutQuotingIt() throws IOException {
        DataFolder paths = new DataFolder(root);
        Credentials.of(paths);
        Files.writeString(paths.credentials(), "verysecret");
        assertThatThrownBy(() -> Credentials.of(paths))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("delete it to get new keys")
                .hasMessageNotContaining("verysecret");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        DataFolder paths = new DataFolder(root);
        Credentials.of(paths);
        Files.setPosixFilePermissions(paths.credentials(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Credentials.of(paths))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("rw-r--r--")
                .hasMessageContaining("chmod 600");
    }
}
