package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import normlab.app.config.Home;
import normlab.app.worker.DamagedStore;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignId;
import normlab.campaign.CampaignRecord;
import normlab.campaign.CampaignStatus;
import normlab.json.Json;
import normlab.platform.conductor.Campaign;
import normlab.platform.conductor.CampaignState;
import normlab.port.ArtifactStore;
import normlab.testkit.InMemoryArtifactStore;
import org.junit.jupiter.api.Test;

class CampaignListTest {
    private static final Instant START = Instant.parse("2026-10-01T12:00:00Z");
    private static final Home HOME = new Home(Path.of("no", "checkout"), Path.of("no", "data"));

    @Test
    void whatRunsComesFirstHoweverManyNewerCampaignsThereAre() {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        List<String> ids = written(store, 30);
        CampaignList list = list(store, Map.of(ids.get(4), state(ids.get(4), CampaignStatus.PAUSED)));
        assertThat(list.shown())
                .extracting(CampaignSummary::run)
                .startsWith(ids.get(4), ids.get(29))
                .endsWith(ids.get(10))
                .hasSize(21);
        assertThat(list.older()).isEqualTo(9);
    }

    @Test
    void aCampaignThatEndedDoesNotComeFirst() {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        List<String> ids = written(store, 3);
        assertThat(list(store, Map.of(ids.get(0), state(ids.get(0), CampaignStatus.CANCELLED)))
                        .shown())
                .extracting(CampaignSummary::run)
                .containsExactly(ids.get(2), ids.get(1), ids.get(0));
    }

    @Test
    void fiveHundredCampaignsTakeAsManyRequestsAsThoseThatAreShown() {
        CountingStore shown = new CountingStore();
        written(shown, 20);
        CountingStore many = new CountingStore();
        written(many, 500);

        assertThat(list(shown, Map.of()).older()).isZero();
        assertThat(list(many, Map.of()).older()).isEqualTo(480);

        assertThat(many.reads).hasValue(shown.reads.get()).hasPositiveValue();
        assertThat(many.listed).containsExactly("runs/");
        assertThat(shown.listed).containsExactly("runs/");
    }

    @Test
    void aDamagedRecordIsToldOnlyWhereItsCampaignWouldBeShown() {
        DamagedStore store = new DamagedStore();
        List<String> ids = written(store, 25);
        store.damage(new CampaignArchive(store, ids.get(24)).key("run.json"));
        store.damage(new CampaignArchive(store, ids.get(0)).key("run.json"));
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        CampaignList list = CampaignList.of(store, HOME, id -> true, Map.of(), 20, told::add);
        assertThat(list.shown()).hasSize(19);
        assertThat(told).singleElement().asString().contains(ids.get(24) + " is not listed", "is damaged");
    }

    private static CampaignList list(ArtifactStore store, Map<String, CampaignState> states) {
        return CampaignList.of(store, HOME, id -> true, states, 20, message -> {});
    }

    /** @return their ids, oldest first */
    private static List<String> written(ArtifactStore store, int count) {
        return IntStream.range(0, count)
                .mapToObj(day -> {
                    Instant start = START.plusSeconds(86_400L * day);
                    String id = CampaignId.create("smoke", start).text();
                    CampaignRecord record = new CampaignRecord(id, "smoke", start, "4f2a91c", Optional.empty());
                    store.put(new CampaignArchive(store, id).key("run.json"), Json.bytes(record));
                    return id;
                })
                .toList();
    }

    private static CampaignState state(String id, CampaignStatus status) {
        return new CampaignState(
                new Campaign(id, "workflow", status, START, Optional.empty(), Optional.empty()),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** A store that keeps account of what it is asked. */
    private static final class CountingStore extends InMemoryArtifactStore {
        private final AtomicInteger reads = new AtomicInteger();
        private final List<String> listed = Collections.synchronizedList(new ArrayList<>());

        @Override
        public boolean read(String key, Sink sink) {
            reads.incrementAndGet();
            return super.read(key, sink);
        }

        @Override
        public boolean exists(String key) {
            reads.incrementAndGet();
            return super.exists(key);
        }

        @Override
        public List<String> list(String prefix) {
            throw new AssertionError("every key beneath " + prefix + " is listed");
        }

        @Override
        public List<String> children(String folder) {
            listed.add(folder);
            return super.list(folder).stream()
                    .map(key -> key.substring(folder.length()).split("/", 2)[0])
                    .distinct()
                    .toList();
        }
    }
}
