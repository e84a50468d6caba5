package org.mephisto.task;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Chromium, one for all tests of a thread, because its start takes longer than most tests: they come one after the other, and share
 * nothing but the process, for each visitor has a profile of their own. Confined to its thread, as Playwright is.
 */
public final class TestBrowser implements AutoCloseable {
    /**
     * First the address bar's suggestions: two pages in each window, which nobody sees and which take more time than a test's own. The rest
     * is what Playwright turns off itself, because the last list counts.
     */
    private static final List<String> FEATURES_OFF = List.of(
            "WebUIOmniboxPopup",
            "WebUIOmniboxAimPopup",
            "AvoidUnnecessaryBeforeUnloadCheckSync",
            "BoundaryEventDispatchTracksNodeRemoval",
            "DestroyProfileOnBrowserClose",
            "DialMediaRouteProvider",
            "GlobalMediaControls",
            "HttpsUpgrades",
            "LensOverlay",
            "MediaRouter",
            "PaintHolding",
            "ThirdPartyStoragePartitioning",
            "BlockOriginHeaderModificationOnRedirect",
            "Translate",
            "AutoDeElevate",
            "OptimizationHints");

    private static final List<String> FLAGS = List.of(
            "--disable-features=" + String.join(",", FEATURES_OFF),
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final double PATIENCE_MILLIS = 30_000;

    private static final ThreadLocal<@Nullable TestBrowser> RUNNING = new ThreadLocal<>();

    private final Browser browser;
    private final List<BrowserContext> visitors = new ArrayList<>();

    private TestBrowser(Browser browser) {
        this.browser = browser;
    }

    /** The thread's browser, without visitors; another one if it has crashed. It ends with the JVM. */
    public static TestBrowser start() {
        TestBrowser browser = RUNNING.get();
        if (browser == null || !browser.browser.isConnected()) {
            browser = launch();
            RUNNING.set(browser);
        }
        browser.endVisits();
        return browser;
    }

    private static TestBrowser launch() {
        // A machine that does much else at once may be slow to show what is right.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Path chromium = chromium();
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(FLAGS)
                        .setHeadless(true));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "test-browser-end"));
        return new TestBrowser(browser);
    }

    private static Path chromium() {
        return Stream.concat(
                        Optional.ofNullable(System.getenv("CHROMIUM_PATH")).stream(),
                        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Browser tests need Chromium, which is not at /usr/bin/chromium. Install it"
                                + " (Debian: apt-get install chromium) or set CHROMIUM_PATH."));
    }

    /** A page of a new visitor, who shares nothing with the others. */
    public Page newVisitor() {
        return newVisitor(1024, 768);
    }

    public Page newVisitor(int width, int height) {
        return newVisitor(new Browser.NewContextOptions().setViewportSize(width, height));
    }

    public Page newVisitor(Browser.NewContextOptions options) {
        BrowserContext visitor = browser.newContext(options);
        visitor.setDefaultTimeout(PATIENCE_MILLIS);
        visitors.add(visitor);
        return visitor.newPage();
    }

    /** Ends all visits so far. */
    public void endVisits() {
        visitors.forEach(BrowserContext::close);
        visitors.clear();
    }

    /** Ends all visits; the browser stays for the next test. */
    @Override
    public void close() {
        endVisits();
    }
}
