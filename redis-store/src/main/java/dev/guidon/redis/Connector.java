package dev.guidon.redis;

import java.util.concurrent.CompletableFuture;

/** Opens connections. Safe for use by many threads. */
interface Connector {

    /** A new connection; the future ends by itself, within the connector's time limit. */
    CompletableFuture<Link> connect();

    /** Where it connects to, for people: without credentials. */
    String describe();

    /** Ends what it has opened, unless that belongs to somebody else. */
    void close();
}
