package chat.hearth.protocol.glob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Whatever pattern meets whatever text, the answer is that of the definition where the definition
/// takes no age to ask, and never contradicts itself.
class GlobFuzzTest {
    /// The definition tries every way to match: it is asked about short ones only.
    private static final int NAIVE_PATTERN_MAX = 10;

    private static final int NAIVE_TEXT_MAX = 24;

    /// The pattern stands before the first line end, the text behind it.
    @FuzzTest
    void anyPatternMatchesAnyTextOrNot(byte[] bytes) {
        String[] both = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
        String pattern = both[0];
        String text = both.length == 2 ? both[1] : "";
        Glob glob = Glob.exact(pattern);
        boolean whole = glob.matches(text);
        boolean words = glob.findsWords(text);
        assertEquals(whole, glob.matches(GlobText.exact(text)));
        assertTrue(words || !whole, "the whole text lies between word boundaries");
        assertTrue(Glob.ignoringCase(pattern).matches(text) || !whole, "case can only hinder");
        assertTrue(Glob.literalIgnoringCase(text).matches(text));
        assertTrue(Glob.starsOnly(pattern).matches(pattern));
        int[] p = pattern.codePoints().toArray();
        int[] t = text.codePoints().toArray();
        if (p.length <= NAIVE_PATTERN_MAX && t.length <= NAIVE_TEXT_MAX) {
            assertEquals(NaiveGlob.matches(p, t), whole);
            assertEquals(NaiveGlob.findsWords(p, t), words);
        }
    }
}
