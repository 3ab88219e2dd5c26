package normlab.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract of every {@link ArtifactStore}. The test of a store extends this class and supplies an empty store. */
@Tag("contract")
public abstract class ArtifactStoreContract {
    private static final int WRITERS = 8;
    private static final int RACES = 20;
    private static final int MORE_THAN_A_PAGE = 1_003;

    /** A store without keys; the same one throughout a test. */
    protected abstract ArtifactStore store();

    @Test
    void bytesAreReadAsTheyWereWritten() {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        store().put("a/b/c.bin", bytes);
        assertThat(store().get("a/b/c.bin")).hasValue(bytes);
    }

    @Test
    void aDirectBufferIsWrittenFromPositionToLimitAndNotChanged() {
        byte[] bytes = new byte[300_000];
        new Random(2).nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length + 20);
        buffer.put(10, bytes).position(10).limit(10 + bytes.length);

        store().put("put", buffer);
        assertThat(store().putIfAbsent("once", buffer)).isTrue();
        assertThat(store().putIfAbsent("once", ByteBuffer.allocateDirect(3))).isFalse();

        assertThat(buffer.remaining()).isEqualTo(bytes.length);
        assertThat(store().get("put")).hasValue(bytes);
        assertThat(store().get("once")).hasValue(bytes);
    }

    @Test
    void anObjectIsWrittenFromItsPieces() {
        store().put("pieces", ByteBuffer.wrap(text("one ")), ByteBuffer.allocate(0), ByteBuffer.wrap(text("two")));
        assertThat(store().get("pieces")).hasValue(text("one two"));
    }

    @Test
    void anObjectIsReadIntoADirectBuffer() {
        byte[] bytes = new byte[300_000];
        new Random(3).nextBytes(bytes);
        store().put("key", bytes);

        ByteBuffer read = store().require("key", ByteBuffer::allocateDirect);

        assertThat(read.isDirect()).isTrue();
        assertThat(read).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(store().get("no/such", ByteBuffer::allocateDirect)).isEmpty();
        assertThatThrownBy(() -> store().require("no/such", ByteBuffer::allocateDirect))
                .hasMessageContaining("no/such");
    }

    @Test
    void anObjectIsReadInPiecesAfterItsSizeIsAnnounced() {
        byte[] bytes = new byte[300_000];
        new Random(4).nextBytes(bytes);
        store().put("key", bytes);
        List<Long> sizes = new ArrayList<>();
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();

        boolean found = store().read("key", new ArtifactStore.Sink() {
            @Override
            public void begin(long size) {
                sizes.add(size);
            }

            @Override
            public void piece(byte[] piece, int length) {
                pieces.write(piece, 0, length);
            }
        });

        assertThat(found).isTrue();
        assertThat(sizes).containsExactly(300_000L);
        assertThat(pieces.toByteArray()).isEqualTo(bytes);
        assertThat(store().verify("key")).isTrue();
        assertThat(store().verify("no/such")).isFalse();
    }

    @Test
    void anEmptyObjectIsNotMissing() {
        store().put("empty", new byte[0]);
        assertThat(store().get("empty")).hasValue(new byte[0]);
        assertThat(store().exists("empty")).isTrue();
    }

    @Test
    void theSecondPutReplacesTheFirst() {
        store().put("key", text("a longer first text"));
        store().put("key", text("second"));
        assertThat(store().get("key")).hasValue(text("second"));
    }

    @Test
    void laterChangesToTheCallersArrayHaveNoEffect() {
        byte[] bytes = text("first");
        store().put("key", bytes);
        bytes[0] = 'X';
        assertThat(store().get("key")).hasValue(text("first"));
    }

    @Test
    void putIfAbsentDoesNotChangeAnExistingKey() {
        assertThat(store().putIfAbsent("once", text("first"))).isTrue();
        assertThat(store().putIfAbsent("once", text("second"))).isFalse();
        assertThat(store().get("once")).hasValue(text("first"));
        assertThat(store().putIfAbsent("once", text("first"))).isFalse();
    }

    @Test
    void ofRacingWritersExactlyOneWinsAndItsBytesStay() throws Exception {
        ArtifactStore store = store();
        try (ExecutorService pool = Executors.newFixedThreadPool(WRITERS)) {
            for (int race = 0; race < RACES; race++) {
                String key = "race/" + race;
                List<Integer> winners = winners(pool, store, key);
                assertThat(winners).as("winners of " + key).hasSize(1);
                assertThat(store.get(key)).hasValue(text("writer " + winners.getFirst()));
            }
        }
    }

    private static List<Integer> winners(ExecutorService pool, ArtifactStore store, String key) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Callable<Boolean>> writers = IntStream.range(0, WRITERS)
                .<Callable<Boolean>>mapToObj(w -> () -> {
                    start.await();
                    return store.putIfAbsent(key, text("writer " + w));
                })
                .toList();
        List<Future<Boolean>> wins = pool.invokeAll(writers);
        List<Integer> winners = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            if (wins.get(writer).get()) {
                winners.add(writer);
            }
        }
        return winners;
    }

    @Test
    void aListHasEveryKeyOfThePrefixInOrder() {
        for (String key : List.of("b/2", "b/10", "b/1", "a", "bb", "c/1")) {
            store().put(key, text(key));
        }
        assertThat(store().list("b/")).containsExactly("b/1", "b/10", "b/2");
        assertThat(store().list("b")).containsExactly("b/1", "b/10", "b/2", "bb");
        assertThat(store().list("nothing/")).isEmpty();
    }

    @Test
    void theChildrenOfAFolderAreTheNextComponentsOfTheKeysBeneathIt() {
        for (String key : List.of("b/2/x", "b/2/y/z", "b/2-", "b/10/deep/er", "b/1", "a", "bb/3", "c/1")) {
            store().put(key, text(key));
        }
        assertThat(store().children("b/")).containsExactly("1", "10", "2", "2-");
        assertThat(store().children("b/2/")).containsExactly("x", "y");
        assertThat(store().children("nothing/")).isEmpty();
        store().delete("b/10/deep/er");
        assertThat(store().children("b/"))
                .as("a folder lives as long as its keys")
                .containsExactly("1", "2", "2-");
    }

    @Test
    void childrenAreNotTruncatedAtAPage() {
        List<String> names =
                IntStream.range(0, MORE_THAN_A_PAGE).mapToObj("%04d"::formatted).toList();
        names.forEach(name -> store().put("many/" + name + "/deep", new byte[0]));
        assertThat(store().children("many/")).isEqualTo(names);
    }

    @Test
    void aListIsNotTruncatedAtAPage() {
        List<String> keys = IntStream.range(0, MORE_THAN_A_PAGE)
                .mapToObj("many/%04d"::formatted)
                .toList();
        keys.forEach(k -> store().put(k, new byte[0]));
        assertThat(store().list("many/")).isEqualTo(keys);
    }

    @Test
    void aMissingKeyIsAbsentAndRequireNamesIt() {
        assertThat(store().get("no/such")).isEmpty();
        assertThat(store().exists("no/such")).isFalse();
        assertThatThrownBy(() -> store().require("no/such"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.retryable()).isFalse())
                .hasMessageContaining("no/such");
    }

    @Test
    void aDeletedKeyIsGoneAndMayBeDeletedAgain() {
        store().put("key", text("x"));
        store().delete("key");
        store().delete("key");
        assertThat(store().exists("key")).isFalse();
        assertThat(store().putIfAbsent("key", text("y"))).isTrue();
    }

    @Test
    void aKeyThatWasSetAsideIsGoneAndCanBeWrittenAgain() {
        store().put("key", text("x"));
        store().setAside("key");
        store().setAside("key");
        assertThat(store().exists("key")).isFalse();
        assertThat(store().putIfAbsent("key", text("y"))).isTrue();
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }
}
