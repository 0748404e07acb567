package dev.guidon.examples.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port that nobody else listens on. */
final class Ports {

    private Ports() {}

    /** The wanted port, else the next one that is free; says so if it is another. */
    static int free(int wanted) {
        for (int port = wanted; port < wanted + 100; port++) {
            if (isFree(port)) {
                if (port != wanted) {
                    System.out.println("Port " + wanted + " is taken, so it will be " + port + ".");
                }
                return port;
            }
        }
        throw new IllegalStateException("No port from " + wanted + " to " + (wanted + 99) + " is free.");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
