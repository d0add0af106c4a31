package dev.afterimage.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a Kafka broker and may tear the network in the middle of an acknowledgement: the broker has the records,
 * and the producer gets three bytes of the answer that says so. Thread-safe.
 */
final class TcpProxy implements AutoCloseable {

    /** Less than the length that an answer begins with. */
    private static final int TORN_BYTES = 3;

    private static final int PRODUCE = 0;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore cutsWanted = new Semaphore(0);
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int target;

    private TcpProxy(ServerSocket server) {
        this.server = server;
    }

    /** Takes connections, and closes them until {@link #forwardTo} says where to go. */
    static TcpProxy open() {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            proxy.start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    void forwardTo(String address) {
        target = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    /** Tears the next acknowledgement. */
    void cutNext() {
        cutsWanted.release();
    }

    /** How many were torn. */
    int cuts() {
        return cuts.get();
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                connect(client);
            } catch (IOException closed) {
                // The client's, or ours; the loop looks.
            }
        }
    }

    private void connect(Socket client) {
        Socket broker = new Socket();
        try {
            broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            open.add(broker);
            Wire wire = new Wire(client, broker);
            start(wire::forwardRequests);
            start(wire::forwardAnswers);
        } catch (IOException | RuntimeException away) {
            close(client);
            close(broker);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, as wanted.
        }
    }

    /** A connection. A producer has one request under way, so the next answer after one is its acknowledgement. */
    private final class Wire {

        private final Socket client;
        private final Socket broker;
        private volatile boolean producing;

        Wire(Socket client, Socket broker) {
            this.client = client;
            this.broker = broker;
        }

        void forwardRequests() {
            try {
                InputStream from = client.getInputStream();
                OutputStream to = broker.getOutputStream();
                byte[] head = new byte[6];
                while (from.readNBytes(head, 0, head.length) == head.length) {
                    int length = ByteBuffer.wrap(head).getInt();
                    byte[] request = new byte[head.length + length - 2];
                    System.arraycopy(head, 0, request, 0, head.length);
                    from.readNBytes(request, head.length, length - 2);
                    producing = ByteBuffer.wrap(head).getShort(Integer.BYTES) == PRODUCE;
                    to.write(request);
                }
            } catch (IOException closed) {
                // As below.
            } finally {
                end();
            }
        }

        void forwardAnswers() {
            try {
                InputStream from = broker.getInputStream();
                OutputStream to = client.getOutputStream();
                byte[] bytes = new byte[1 << 16];
                for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
                    if (producing && cutsWanted.tryAcquire()) {
                        to.write(bytes, 0, Math.min(read, TORN_BYTES));
                        cuts.incrementAndGet();
                        return;
                    }
                    to.write(bytes, 0, read);
                }
            } catch (IOException closed) {
                // One side has gone: the other goes too.
            } finally {
                end();
            }
        }

        private void end() {
            close(client);
            close(broker);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(this::close);
        }
    }
}
