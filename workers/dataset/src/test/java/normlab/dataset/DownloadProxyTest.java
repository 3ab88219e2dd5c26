package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DownloadProxyTest {
    private static final URI FILE = URI.create("https://data.example.org/file");

    private static Proxy proxy(Map<String, String> environment, URI address) {
        return new DownloadProxy(environment).of(address);
    }

    @Test
    void aDownloadGoesThroughTheProxyOfItsScheme() {
        Map<String, String> environment = Map.of("https_proxy", "http://one:3128", "HTTP_PROXY", "two");
        assertThat(proxy(environment, FILE).address()).isEqualTo(new InetSocketAddress("one", 3128));
        assertThat(proxy(environment, URI.create("http://data.example.org/file"))
                        .address())
                .isEqualTo(new InetSocketAddress("two", 80));
        assertThat(proxy(Map.of(), FILE)).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxy(Map.of("https_proxy", ""), FILE)).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void theLoopbackInterfaceIsNeverReachedThroughAProxy() {
        Map<String, String> environment = Map.of("http_proxy", "http://one:3128");
        assertThat(proxy(environment, URI.create("http://127.0.0.1:9000/file"))).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxy(environment, URI.create("http://localhost/file"))).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxy(environment, URI.create("http://[::1]/file"))).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void excludedHostsAndTheirSubdomainsAreReachedDirectly() {
        Map<String, String> environment =
                Map.of("https_proxy", "http://one:3128", "NO_PROXY", "example.com, .example.org");
        assertThat(proxy(environment, FILE)).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxy(environment, URI.create("https://notexample.org/file")))
                .isNotEqualTo(Proxy.NO_PROXY);
        assertThat(proxy(Map.of("https_proxy", "one", "no_proxy", "*"), FILE)).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void aProxyThatIsNotAnAddressIsNamed() {
        assertThatThrownBy(() -> proxy(Map.of("https_proxy", "http://"), FILE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
