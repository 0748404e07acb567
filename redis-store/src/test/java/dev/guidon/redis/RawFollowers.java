package dev.guidon.redis;

import dev.guidon.fixtures.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Thousands of connections that follow a change log as instances do, on one thread and without reading what the commits mean. What one gets
 * in answer to one command is what Redis may have to hold for it.
 */
public final class RawFollowers implements AutoCloseable {

    private final Selector selector = Selector.open();
    private final List<Follower> followers = new ArrayList<>();
    private final String key;
    private final Thread thread = new Thread(this::run, "raw-followers");
    private final AtomicLong largest = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    /** Connects, and waits for the commits after a revision. */
    public RawFollowers(RedisServer server, String namespace, int count, long after) throws IOException {
        key = "guidon:{" + namespace + "}:";
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            followers.add(new Follower(channel, after));
            channel.connect(new InetSocketAddress(server.host(), server.port()));
            channel.configureBlocking(false);
        }
        for (Follower each : followers) {
            each.channel.register(selector, SelectionKey.OP_READ, each);
            each.follow();
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether all have everything up to a revision. */
    public boolean haveReached(long number) {
        return followers.stream().allMatch(each -> each.reached >= number);
    }

    /** The longest answer to one command. */
    public long largest() {
        return largest.get();
    }

    /** What all have got. */
    public long bytes() {
        return bytes.get();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select();
                if (selector.isOpen()) {
                    for (SelectionKey each : selector.selectedKeys()) {
                        ((Follower) each.attachment()).read();
                    }
                    selector.selectedKeys().clear();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (Follower each : followers) {
            each.channel.close();
        }
    }

    private final class Follower {

        private final SocketChannel channel;
        private byte[] reply = new byte[512];
        private int length;
        private int at;
        private long last;
        private int pieces;
        private int piece;
        private volatile long reached;

        Follower(SocketChannel channel, long after) {
            this.channel = channel;
            this.last = after;
        }

        void follow() throws IOException {
            send("XREAD", "COUNT", "1", "BLOCK", "0", "STREAMS", key + "changes", last + "-0");
        }

        private void send(String... words) throws IOException {
            StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
            Arrays.stream(words)
                    .forEach(word -> command.append('$')
                            .append(word.length())
                            .append("\r\n")
                            .append(word)
                            .append("\r\n"));
            ByteBuffer out = ByteBuffer.wrap(command.toString().getBytes(StandardCharsets.US_ASCII));
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        void read() throws IOException {
            buffer.clear();
            int got = channel.read(buffer);
            if (got < 0) {
                throw new IOException("Redis has closed a connection");
            }
            if (length + got > reply.length) {
                reply = Arrays.copyOf(reply, 2 * (length + got));
            }
            buffer.flip();
            buffer.get(reply, length, got);
            length += got;
            at = 0;
            List<String> words = new ArrayList<>();
            if (parse(words)) {
                bytes.addAndGet(length);
                largest.accumulateAndGet(length, Math::max);
                reply = new byte[512];
                length = 0;
                answered(words);
            }
        }

        /** Asks for the next piece of a large commit, or for the next commit. */
        private void answered(List<String> words) throws IOException {
            int field = words.indexOf("pieces");
            if (piece == 0) {
                String id = words.get(1);
                last = Long.parseLong(id.substring(0, id.indexOf('-')));
                pieces = field < 0 ? 0 : Integer.parseInt(words.get(field + 1));
            }
            if (piece < pieces) {
                piece++;
                send("HMGET", key + "bodies", last + ":" + piece);
            } else {
                piece = 0;
                reached = last;
                follow();
            }
        }

        /** Reads one value; false if it is not there yet. Of long texts only the beginning is kept. */
        private boolean parse(List<String> words) {
            int end = at;
            while (end + 1 < length && reply[end] != '\r') {
                end++;
            }
            if (end + 1 >= length) {
                return false;
            }
            char type = (char) reply[at];
            String line = new String(reply, at + 1, end - at - 1, StandardCharsets.US_ASCII);
            at = end + 2;
            if (type == '*') {
                for (int i = Integer.parseInt(line); i > 0; i--) {
                    if (!parse(words)) {
                        return false;
                    }
                }
                return true;
            }
            if (type != '$' || line.equals("-1")) {
                throw new IllegalStateException("Redis answered " + type + line);
            }
            int size = Integer.parseInt(line);
            if (at + size + 2 > length) {
                return false;
            }
            words.add(new String(reply, at, Math.min(size, 64), StandardCharsets.UTF_8));
            at += size + 2;
            return true;
        }
    }
}
