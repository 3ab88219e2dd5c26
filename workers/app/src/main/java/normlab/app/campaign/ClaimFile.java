package normlab.app.campaign;

import java.nio.file.Path;
import normlab.app.config.Home;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;
import normlab.platform.config.YamlFile;
import normlab.report.claim.ClaimSet;

/** The claims that campaigns are read for. */
public final class ClaimFile {
    private ClaimFile() {}

    /** @throws InvalidInputException naming the file and all its problems */
    public static ClaimSet read(Home home) {
        Path file = home.workflows().resolve("claims/abstract.yaml");
        return StrictBinding.bind(YamlFile.read(file), ClaimSet.class, file.toString());
    }
}
