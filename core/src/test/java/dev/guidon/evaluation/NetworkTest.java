package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Networks")
class NetworkTest {

    @DisplayName("contain addresses")
    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.9.9.9/8, 10.0.0.1, true",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "192.168.4.7/31, 192.168.4.6, true",
        "192.168.4.7/31, 192.168.4.8, false",
        "192.168.4.7/32, 192.168.4.7, true",
        "192.168.4.7, 192.168.4.7, true",
        "192.168.4.7, 192.168.4.6, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "128.0.0.0/1, 127.255.255.255, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:DB8::/32, 2001:0db8:0:0:0:0:0:1, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::/33, 2001:db8:8000::, false",
        "2001:db8::1, 2001:db8:0::1, true",
        "::/0, ::1, true",
        "::1/128, ::1, true",
        "fe80::/10, febf::1, true",
        "fe80::/10, fec0::1, false",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0, true",
        "64:ff9b::/96, 64:ff9b::192.0.2.33, true",
        "64:ff9b::c000:221/128, 64:ff9b::192.0.2.33, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, ::FFFF:a01:203, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.0/104, 11.1.2.3, false",
        "::ffff:10.1.2.3, 10.1.2.3, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 10.0.0.1, false",
        "::/0, ::10.0.0.1, true"
    })
    void contain(String network, String address, boolean expected) {
        byte[] bytes = Objects.requireNonNull(Network.address(address));

        assertThat(Objects.requireNonNull(Network.parse(network)).contains(bytes))
                .isEqualTo(expected);
    }

    @DisplayName("and addresses are never anything else, least of all a name that could be looked up")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "a.b.c.d",
                "1",
                "167772161",
                "10.1",
                "10.0.0",
                "10.0.0.1.",
                "10.0.0.1.2",
                "10.0.0.256",
                "10.0.0.01",
                "010.0.0.1",
                "0x0a.0.0.1",
                "10.0.0.-1",
                "10.0.0.+1",
                "10.0.0. 1",
                " 10.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1:80",
                "10.0.0.1/8/8",
                "10.0.0.１",
                "10.0.0.9999999999",
                ":",
                ":::",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "12345::",
                "g::",
                "::-1",
                "::１",
                "[::1]",
                "fe80::1%eth0",
                "::1.2.3",
                "::1.2.3.4:5",
                "1.2.3.4::",
                "1.2.3.4::1",
                "::ffff:1.2.3.256",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc:dddd"
            })
    void areNothingElse(String text) {
        assertThat(Network.address(text)).isNull();
        assertThat(Network.parse(text)).isNull();
    }

    @DisplayName("have a prefix that fits")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/ 8",
                "10.0.0.0/8x",
                "10.0.0.0/255.0.0.0",
                "::/129",
                "::/1000",
                "::ffff:10.0.0.0/95",
                "/8"
            })
    void havePrefixThatFits(String text) {
        assertThat(Network.parse(text)).isNull();
    }

    @DisplayName("are compared by the operator cidr")
    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    cidr: 10.0.0.0/8                   | "10.1.2.3"              | TRUE
                    cidr: [10.0.0.0/8, "2001:db8::/32"] | "2001:db8::5"          | TRUE
                    cidr: [10.0.0.0/8, "2001:db8::/32"] | "192.0.2.1"            | FALSE
                    cidr: 10.0.0.0/8                   | "10.1.2.3/32"           | UNKNOWN
                    cidr: 10.0.0.0/8                   | "localhost"             | UNKNOWN
                    cidr: 10.0.0.0/8                   | 167772161               | UNKNOWN
                    cidr: 10.0.0.0/8                   | ["x", "10.0.0.1"]       | TRUE
                    """)
    void areCompared(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("read addresses as Java does")
    void readAddressesAsJava() throws UnknownHostException {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int zero = random.nextInt(bytes.length); zero < bytes.length && random.nextInt(4) > 0; zero++) {
                bytes[zero] = 0;
            }
            String text = InetAddress.getByAddress(bytes).getHostAddress();

            assertThat(Network.address(text)).as(text).isEqualTo(bytes);
        }
    }
}
