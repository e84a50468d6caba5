package org.mephisto.task;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The live side of a task server for one page, and its network: WebSockets end here and do what the test says, everything else goes on to a
 * {@link PageServer}. A test may cut all connections and let none through. Thread-safe.
 */
public final class LiveServer implements AutoCloseable {
    private final PageServer pages;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<LiveSocket> opened = new LinkedBlockingQueue<>();
    private volatile boolean isUp = true;
    private volatile LiveManners manners = LiveManners.OURS;

    private LiveServer(PageServer pages, ServerSocket listener) {
        this.pages = pages;
        this.listener = listener;
    }

    public static LiveServer inFrontOf(PageServer pages) throws IOException {
        LiveServer server = new LiveServer(pages, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        var unused = server.threads.submit(server::acceptAll);
        return server;
    }

    /** The link of a worker on a visit. */
    public String workerUrl() {
        return "http://localhost:" + listener.getLocalPort() + "/?worker_id=ada&assignment_id=visit-1";
    }

    /** How sockets that open from now on behave by themselves. */
    public void behave(LiveManners manners) {
        this.manners = manners;
    }

    /** The next socket that the page opens; fails when none comes. */
    public LiveSocket nextSocket() throws InterruptedException {
        LiveSocket socket = opened.poll(15, TimeUnit.SECONDS);
        if (socket == null) {
            throw new AssertionError("The page opened no socket.");
        }
        return socket;
    }

    public boolean hasNoFurtherSocket() {
        return opened.isEmpty();
    }

    /** Cuts every connection and refuses new ones until {@link #plugIn}. */
    public void unplug() throws IOException {
        isUp = false;
        cutAll();
    }

    public void plugIn() {
        isUp = true;
    }

    /** Cuts every connection, without a word. */
    public void cutAll() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private @Nullable Void acceptAll() throws IOException {
        while (!listener.isClosed()) {
            Socket connection = listener.accept();
            if (isUp) {
                var unused = threads.submit(() -> serve(connection));
            } else {
                connection.close();
            }
        }
        return null;
    }

    private @Nullable Void serve(Socket connection) throws IOException {
        connections.add(connection);
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            byte[] head = head(in);
            String text = new String(head, StandardCharsets.ISO_8859_1);
            if (text.toLowerCase(Locale.ROOT).contains("\r\nupgrade: websocket")) {
                LiveSocket socket = LiveSocket.accept(connection, in, text, manners);
                opened.add(socket);
                socket.read();
            } else {
                forward(connection, in, head);
            }
        } finally {
            connections.remove(connection);
        }
        return null;
    }

    private void forward(Socket page, InputStream in, byte[] head) throws IOException {
        int port = URI.create(pages.url("")).getPort();
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = server.getOutputStream();
            out.write(head);
            out.flush();
            var answers = threads.submit(() -> {
                try (page) {
                    return server.getInputStream().transferTo(page.getOutputStream());
                }
            });
            in.transferTo(out);
            answers.cancel(true);
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
            matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toByteArray();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cutAll();
        threads.close();
    }
}
