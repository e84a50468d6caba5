package org.mephisto.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The network between browsers and a server: while it is unplugged no connection lasts and none comes about. Thread-safe. */
final class Cable implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final int serverPort;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean isPlugged = true;
    private volatile CountDownLatch refusal = new CountDownLatch(1);

    private Cable(int serverPort, ServerSocket listener) {
        this.serverPort = serverPort;
        this.listener = listener;
    }

    /** A cable to the server that has made this link. */
    static Cable to(URI link) throws IOException {
        Cable cable = new Cable(link.getPort(), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        var unused = cable.threads.submit(cable::acceptAll);
        return cable;
    }

    /** The same link, at this end of the cable. */
    URI end(URI link) {
        String text = link.toString().replace(link.getAuthority(), "localhost:" + listener.getLocalPort());
        return URI.create(text);
    }

    /** Cuts everything, until it is plugged in. */
    void unplug() throws IOException {
        refusal = new CountDownLatch(1);
        isPlugged = false;
        for (Socket end : ends) {
            end.close();
        }
    }

    /** Waits until somebody has tried in vain to connect since it was unplugged. */
    void awaitRefusal() throws InterruptedException {
        if (!refusal.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Nobody tries to connect.");
        }
    }

    /** Lets everything work again. */
    void plugIn() {
        isPlugged = true;
    }

    /** Unplugs it after the delay, and plugs it in when the time is over. */
    void unplug(Duration delay, Duration time) {
        var unusedCut = clock.schedule(
                () -> {
                    unplug();
                    return null;
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
        var unusedMended = clock.schedule(this::plugIn, delay.plus(time).toMillis(), TimeUnit.MILLISECONDS);
    }

    private @Nullable Void acceptAll() throws IOException {
        while (!listener.isClosed()) {
            Socket browser = listener.accept();
            if (isPlugged) {
                connect(browser);
            } else {
                browser.close();
                refusal.countDown();
            }
        }
        return null;
    }

    private void connect(Socket browser) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (IOException e) {
            // The server is not there now, as a browser would find without a cable.
            browser.close();
            return;
        }
        ends.add(browser);
        ends.add(server);
        if (!isPlugged) {
            browser.close();
            server.close();
        }
        var unusedThere = threads.submit(() -> pass(browser, server));
        var unusedBack = threads.submit(() -> pass(server, browser));
    }

    /** Ends both when one has ended. */
    private @Nullable Void pass(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        listener.close();
        unplug();
        threads.close();
    }
}
