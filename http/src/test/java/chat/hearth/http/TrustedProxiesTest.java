package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.List;

final class TrustedProxiesTest {
    private final TrustedProxies proxies =
            TrustedProxies.of(
                    List.of(
                            "127.0.0.1",
                            "10.0.0.0/8",
                            "fd00::/9",
                            "192.0.2.128/25",
                            "::ffff:192.168.0.0/112"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "198.51.100.7 | -                           | 198.51.100.7",
                "198.51.100.7 | 203.0.113.1                 | 198.51.100.7",
                "127.0.0.1    | -                           | 127.0.0.1",
                "127.0.0.1    | 203.0.113.1                 | 203.0.113.1",
                "127.0.0.2    | 203.0.113.1                 | 127.0.0.2",
                "127.0.0.1    | 203.0.113.9, 203.0.113.1    | 203.0.113.1",
                "127.0.0.1    | 203.0.113.9,203.0.113.1,10.9.9.9 | 203.0.113.1",
                "127.0.0.1    | 10.0.0.1, 10.0.0.2          | 10.0.0.1",
                "127.0.0.1    | 203.0.113.9, evil.example   | 127.0.0.1",
                "127.0.0.1    | 203.0.113.9, evil, 10.0.0.1 | 10.0.0.1",
                "192.0.2.127  | 203.0.113.1                 | 192.0.2.127",
                "192.0.2.128  | 203.0.113.1                 | 203.0.113.1",
                "fd7f::1      | 2001:db8::1                 | 2001:db8:0:0:0:0:0:1",
                "fd80::1      | 2001:db8::1                 | fd80:0:0:0:0:0:0:1",
                "127.0.0.1    | 203.0.113.9; 203.0.113.1    | 203.0.113.1",
                "127.0.0.1    | 203.0.113.1; 10.0.0.1       | 203.0.113.1",
                "127.0.0.1    | 203.0.113.1, 10.0.0.2; 10.0.0.1 | 203.0.113.1",
                "127.0.0.1    | 203.0.113.9; 203.0.113.1, 10.0.0.1 | 203.0.113.1",
                "127.0.0.1    | 203.0.113.1;                | 203.0.113.1",
                "127.0.0.1    | 203.0.113.1:4711            | 203.0.113.1",
                "127.0.0.1    | [2001:db8::1]:4711          | 2001:db8:0:0:0:0:0:1",
                "127.0.0.1    | ::ffff:203.0.113.1          | 203.0.113.1",
                "::ffff:127.0.0.1 | 203.0.113.1             | 203.0.113.1",
                "127.0.0.1    | 203.0.113.1, ::ffff:10.0.0.1 | 203.0.113.1",
                "192.168.7.1  | 203.0.113.1                 | 203.0.113.1",
                "192.169.7.1  | 203.0.113.1                 | 192.169.7.1",
            })
    void onlyTrustedProxiesAreBelieved(String peer, @Nullable String forwardedFor, String client) {
        List<String> headers =
                forwardedFor == null ? List.of() : List.of(forwardedFor.split(";", -1));
        assertEquals(client, proxies.clientAddress(InetAddress.ofLiteral(peer), headers).text());
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.1, 203.0.113.1",
        "::ffff:203.0.113.1, 203.0.113.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::1, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3::1, 2001:db8:1:3:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:0/64",
    })
    void limitsCountTheNetworkOfAnIpv6Address(String text, String network) {
        assertEquals(network, new ClientAddress(InetAddress.ofLiteral(text)).network());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/", ""})
    void onlyAddressesAndRangesAreTaken(String range) {
        assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of(List.of(range)));
    }
}
