package chat.hearth.bench.load;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Requests;
import java.nio.charset.StandardCharsets;

/// A send request of which only the digits of the transaction id change from one to the next, so
/// that making one costs nothing. The array is reused: the next call changes the request that the
/// last one gave.
public final class SendTemplate {

    private static final String DIGITS = "0000000000";

    private final byte[] request;
    private final int lastDigit;

    /// Sends messages of `body` to `roomId`.
    ///
    /// @param prefix makes the transaction ids of one device differ from other templates' of it
    public SendTemplate(String token, String roomId, String prefix, String body) {
        String target = Account.sendPath(roomId, prefix + DIGITS);
        this.request = Requests.encode("PUT", target, token, Account.text(body));
        this.lastDigit =
                new String(request, StandardCharsets.ISO_8859_1).indexOf(DIGITS)
                        + DIGITS.length()
                        - 1;
    }

    /// The next request.
    public byte[] next() {
        int at = lastDigit;
        while (request[at] == '9') {
            request[at--] = '0';
        }
        request[at]++;
        return request;
    }
}
