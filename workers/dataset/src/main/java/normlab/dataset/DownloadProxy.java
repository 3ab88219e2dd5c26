package normlab.dataset;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy for downloads, as {@code https_proxy}, {@code http_proxy} and {@code no_proxy} name it, in small letters or
 * capitals. Java itself does not read these variables. The loopback interface is never reached through a proxy.
 */
record DownloadProxy(Map<String, String> environment) {
    private static final List<String> LOOPBACK = List.of("localhost", "[::1]");

    /** @throws IllegalArgumentException if the variable is not an address */
    Proxy of(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("");
        Optional<String> proxy = variable(address.getScheme() + "_proxy");
        if (proxy.isEmpty() || isLoopback(host) || isExcluded(host)) {
            return Proxy.NO_PROXY;
        }
        URI parsed = URI.create(proxy.get().contains("://") ? proxy.get() : "http://" + proxy.get());
        if (parsed.getHost() == null) {
            throw new IllegalArgumentException(
                    "%s_proxy is '%s', expected http://host:port".formatted(address.getScheme(), proxy.get()));
        }
        return new Proxy(
                Proxy.Type.HTTP, new InetSocketAddress(parsed.getHost(), parsed.getPort() < 0 ? 80 : parsed.getPort()));
    }

    private static boolean isLoopback(String host) {
        return host.startsWith("127.") || LOOPBACK.contains(host);
    }

    private boolean isExcluded(String host) {
        return Arrays.stream(variable("no_proxy").orElse("").split("[,\\s]+"))
                .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                .filter(value -> !value.isBlank());
    }
}
