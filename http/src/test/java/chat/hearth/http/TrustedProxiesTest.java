package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {
    private final TrustedProxies proxies =
            TrustedProxies.of(List.of("127.0.0.1", "10.0.0.0/8", "fd00::/9", "192.0.2.128/25"));

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
                "fd7f::1      | 2001:db8::1                 | 2001:db8::1",
                "fd80::1      | 2001:db8::1                 | fd80:0:0:0:0:0:0:1",
            })
    void onlyTrustedProxiesAreBelieved(String peer, @Nullable String forwardedFor, String client) {
        var address = new InetSocketAddress(InetAddress.ofLiteral(peer), 1234);
        assertEquals(client, proxies.clientAddress(address, forwardedFor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/", ""})
    void onlyAddressesAndRangesAreTaken(String range) {
        assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of(List.of(range)));
    }
}
