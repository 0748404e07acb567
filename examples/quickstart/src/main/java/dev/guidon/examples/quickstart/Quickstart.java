package dev.guidon.examples.quickstart;

import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A shop whose looks and prices come from flags, and a page that flips them.
 *
 * <p>To learn the API, read {@link Shop} first, then {@link FlagsPage}, {@link Changes} and {@link Crowd}.
 */
@SpringBootApplication
public class Quickstart {

    /** Starts the shop; with the profile {@code full} two of it, which share a Redis and a Kafka. */
    public static void main(String[] args) {
        int first = Ports.free(Integer.getInteger("server.port", 8080));
        int second = Ports.free(first + 1);
        Map<String, Object> ports = Map.of("quickstart.first-port", first, "quickstart.second-port", second);
        Servers servers = new Servers();

        ConfigurableApplicationContext shop = start(first, ports, servers, args);
        if (shop.getEnvironment().matchesProfiles("full")) {
            start(second, ports, servers, args);
        }

        System.out.println("The shop is open: http://localhost:" + first + "  (Ctrl-C ends it)");
    }

    static ConfigurableApplicationContext start(
            int port, Map<String, Object> defaults, Servers servers, String... args) {
        SpringApplication application = new SpringApplication(Quickstart.class);
        application.setDefaultProperties(defaults);
        application.addListeners(servers);
        String[] all = Arrays.copyOf(args, args.length + 1);
        all[args.length] = "--server.port=" + port;
        return application.run(all);
    }
}
