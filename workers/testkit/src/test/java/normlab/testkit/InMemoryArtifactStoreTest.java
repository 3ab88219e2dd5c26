package normlab.testkit;

import normlab.port.ArtifactStore;

class InMemoryArtifactStoreTest extends ArtifactStoreContract {
    private final ArtifactStore store = new InMemoryArtifactStore();

    @Override
    protected ArtifactStore store() {
        return store;
    }
}
