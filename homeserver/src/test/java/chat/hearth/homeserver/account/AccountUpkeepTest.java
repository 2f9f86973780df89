package chat.hearth.homeserver.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestHearth;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountUpkeepTest {
    private static final int TOKENS = 2_500;

    @TempDir private Path folder;

    @Test
    void allTokensThatExpiredLongAgoGoAtOnceHoweverManyThereAre() {
        try (TestHearth server = TestHearth.start(folder)) {
            int alice = server.number(server.register("alice").userId());
            var tokens = server.stores().tokens();
            server.database()
                    .journal()
                    .write(
                            tx -> {
                                IntStream.range(0, TOKENS)
                                        .forEach(i -> tokens.addLogin(tx, hash(i), alice, 1));
                                return TOKENS;
                            });
            server.accounts().upkeep().run();
            List<Integer> left =
                    server.database()
                            .journal()
                            .write(
                                    tx ->
                                            IntStream.range(0, TOKENS)
                                                    .filter(
                                                            i ->
                                                                    tokens.takeLogin(tx, hash(i), 0)
                                                                            .isPresent())
                                                    .boxed()
                                                    .toList());
            assertEquals(List.of(), left);
        }
    }

    private static byte[] hash(int number) {
        return ByteBuffer.allocate(32).putInt(number).array();
    }
}
