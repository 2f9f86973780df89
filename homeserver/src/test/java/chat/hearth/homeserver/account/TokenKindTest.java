package chat.hearth.homeserver.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TokenKindTest {
    @Test
    void aTokenOfAnotherKindOrWithAWrongCharacterHasNoHash() {
        RandomGenerator random = new Random(1);
        String token = TokenKind.ACCESS.mint(random);
        assertEquals(TokenHash.of(token), TokenKind.ACCESS.hash(token).orElseThrow());
        assertTrue(TokenKind.REFRESH.hash(token).isEmpty());
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'x' ? 'y' : 'x';
            String typo = token.substring(0, i) + other + token.substring(i + 1);
            assertTrue(TokenKind.ACCESS.hash(typo).isEmpty(), "changed at " + i);
        }
    }
}
