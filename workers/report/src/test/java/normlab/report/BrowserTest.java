package normlab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. Skipped, and counted as skipped, if Chromium is not installed. */
class BrowserTest {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    /** Opens the page in a frame of each width, since a browser window cannot be as narrow as a phone, and reports. */
    private static final String LOOK = """
            <!DOCTYPE html><meta charset="utf-8"><pre id="found"></pre><script>
            const found = document.getElementById('found');
            const page = %s;
            async function look(width) {
              const frame = document.createElement('iframe');
              frame.style.cssText = `border:0;height:900px;width:${width}px`;
              frame.srcdoc = page.replace('<head>', '<head><script>window.problems = [];'
                + "addEventListener('error', e => problems.push(e.message || 'cannot load ' + e.target.tagName), true)</" + 'script>');
              document.body.append(frame);
              await new Promise(loaded => frame.onload = loaded);
              const inside = frame.contentDocument;
              const wide = inside.documentElement.scrollWidth;
              const broken = [...inside.images].filter(i => !i.complete || i.naturalWidth === 0).length;
              const headless = [...inside.querySelectorAll('table')].filter(t => !t.querySelector('th[scope]') || !t.caption).length;
              const mute = [...inside.querySelectorAll('svg')].filter(s => !s.querySelector('title') || !s.querySelector('desc')).length;
              found.textContent += `${width}px: width ${wide}, errors ${frame.contentWindow.problems.length},`
                + ` images missing ${broken}, tables without heads ${headless}, figures without words ${mute}\\n`;
            }
            look(390).then(() => look(1440));
            </script>
            """;

    @TempDir
    Path folder;

    @Test
    void thePageFitsAPhoneAndADesktopWithoutErrors() throws Exception {
        Optional<String> browser =
                BROWSERS.stream().filter(BrowserTest::installed).findFirst();
        assumeTrue(browser.isPresent(), "no Chromium is installed");
        Path page = Files.writeString(folder.resolve("look.html"), LOOK.formatted(literal(page())));
        assertThat(dom(browser.get(), page))
                .contains(
                        "390px: width 390, errors 0, images missing 0, tables without heads 0, figures without words 0")
                .contains(
                        "1440px: width 1440, errors 0, images missing 0, tables without heads 0, figures without words 0");
    }

    private static String page() {
        return Report.of(
                        ProbedFixture.campaign((activation, arm, scaleFree) -> arm.equals("cbn") ? 1 : 2),
                        Fixture.claims())
                .html();
    }

    private static String literal(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("</", "<\\/")
                + '"';
    }

    private String dom(String browser, Path page) throws IOException, InterruptedException {
        Path out = folder.resolve("dom.html");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("the browser ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(out, StandardCharsets.UTF_8);
        int from = text.indexOf("<pre id=\"found\">");
        return from < 0 ? text : text.substring(from, text.indexOf("</pre>", from));
    }

    private static boolean installed(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
