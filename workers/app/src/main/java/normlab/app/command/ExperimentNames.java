package normlab.app.command;

import java.util.Iterator;
import normlab.platform.config.ExperimentFiles;

/** What a shell completes in the place of an experiment. */
final class ExperimentNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return new ExperimentFiles(NormLab.home().experiments()).names().iterator();
    }
}
