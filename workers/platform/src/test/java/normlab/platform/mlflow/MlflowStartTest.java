package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands make a tracker, and most of them ask it nothing. */
class MlflowStartTest {
    @Test
    void creatingATrackerDoesNotLoadTheClient() throws Exception {
        try (Recording classes = new Recording()) {
            Object server = classes.loadClass(MlflowServer.class.getName())
                    .getMethod("open", URI.class)
                    .invoke(null, URI.create("http://127.0.0.1:1"));
            Class<?> uploader = classes.loadClass(ArtifactUploader.class.getName());
            AutoCloseable tracker = (AutoCloseable) classes.loadClass(MlflowTracker.class.getName())
                    .getConstructor(server.getClass(), uploader)
                    .newInstance(server, null);
            assertThat(classes.loaded).contains(MlflowConnection.class.getName());
            assertThat(classes.loaded).noneMatch(name -> name.startsWith("org.mlflow"));
            tracker.close();
        }
    }

    /** Loads the class path anew, and notes what it loads. */
    private static final class Recording extends URLClassLoader {
        private final List<String> loaded = new ArrayList<>();

        Recording() {
            super(
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                            .map(Recording::url)
                            .toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            loaded.add(name);
            return super.findClass(name);
        }
    }
}
