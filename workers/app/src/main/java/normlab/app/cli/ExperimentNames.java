package normlab.app.cli;

import java.util.Iterator;
import normlab.app.config.Home;
import normlab.platform.config.ExperimentFiles;

/** What a shell completes in the place of an experiment. */
public final class ExperimentNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return new ExperimentFiles(Home.current().experiments()).names().iterator();
    }
}
