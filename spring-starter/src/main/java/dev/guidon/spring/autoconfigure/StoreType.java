package dev.guidon.spring.autoconfigure;

/** The stores that can be chosen by a property. */
enum StoreType {
    /** Redis, which needs the module {@code guidon-redis-store}. */
    REDIS,
    /** A file, or a directory of files. */
    FILE,
    /** The memory of the process. */
    MEMORY
}
