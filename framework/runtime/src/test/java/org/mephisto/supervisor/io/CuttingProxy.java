package org.mephisto.supervisor.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a channel and its router and cuts their connections: each after a number of bytes in one direction, drawn by chance from
 * a seed, in the middle of whatever is passing, until it has done so often enough.
 */
final class CuttingProxy implements AutoCloseable {
    private static final int CHUNK = 997;

    private final ServerSocket server;
    private final int target;
    private final Random chance;
    private final int mostBytes;
    private final AtomicInteger cutsLeft;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param mostBytes a connection is cut before so many have passed one way */
    CuttingProxy(URI router, long seed, int cuts, int mostBytes) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = router.getPort();
        this.chance = new Random(seed);
        this.mostBytes = mostBytes;
        this.cutsLeft = new AtomicInteger(cuts);
        Thread.ofVirtual().name("cutting-proxy").start(this::acceptAll);
    }

    URI url() {
        return URI.create("http://localhost:" + server.getLocalPort() + "/");
    }

    int cutsLeft() {
        return Math.max(0, cutsLeft.get());
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(near);
                open.add(far);
                long up = life();
                long down = life();
                Thread.ofVirtual().start(() -> pass(near, far, up));
                Thread.ofVirtual().start(() -> pass(far, near, down));
            } catch (IOException e) {
                // The router is away, or the proxy closes.
            }
        }
    }

    private long life() {
        return cutsLeft.get() > 0 ? 1_000 + chance.nextInt(mostBytes) : Long.MAX_VALUE;
    }

    private void pass(Socket from, Socket to, long life) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            long left = life;
            int read = in.read(chunk, 0, (int) Math.min(CHUNK, left));
            while (read > 0) {
                out.write(chunk, 0, read);
                left -= read;
                if (left == 0) {
                    cutsLeft.decrementAndGet();
                    from.setSoLinger(true, 0);
                    to.setSoLinger(true, 0);
                    return;
                }
                read = in.read(chunk, 0, (int) Math.min(CHUNK, left));
            }
        } catch (IOException e) {
            // The other direction was cut.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
