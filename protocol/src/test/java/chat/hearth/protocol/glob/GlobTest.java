package chat.hearth.protocol.glob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    /// What one hostile match may take. The aim is 5 ms; the rest is for a busy machine.
    private static final Duration HOSTILE_MATCH_MAX = Duration.ofMillis(50);

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            textBlock =
                    """
                    '',          '',            true
                    '',          'a',           false
                    '*',         '',            true
                    '*',         'anything',    true
                    '**',        '',            true
                    'abc',       'abc',         true
                    'abc',       'abcd',        false
                    'abc',       'xabc',        false
                    'a*c',       'ac',          true
                    'a*c',       'abbbc',       true
                    'a*c',       'abcd',        false
                    'ab*ba',     'aba',         false
                    'ab*ba',     'abba',        true
                    '*a*b*',     'ba',          false
                    '*a*b*',     'xaxbx',       true
                    '?',         '',            false
                    '?',         'a',           true
                    '?',         'ab',          false
                    '?',         '😀',          true
                    '??',        '😀',          false
                    '*?',        '',            false
                    '*a?c',      'aabc',        true
                    'm.room.*',  'm.room.name', true
                    'm.room.*',  'm_room.name', false
                    'lunc?*',    'lunch plans', true
                    'lunc?*',    'lunc',        false
                    '[a]\\(b+)', '[a]\\(b+)',   true
                    """)
    void aPatternMatchesTheWholeText(String pattern, String text, boolean expected) {
        assertEquals(expected, Glob.exact(pattern).matches(text));
    }

    @Test
    void caseIsIgnoredOnRequestOnly() {
        assertFalse(Glob.exact("Lunch*").matches("lUNCH plans"));
        assertTrue(Glob.ignoringCase("Lunch*").matches("lUNCH plans"));
        assertTrue(Glob.ignoringCase("ÉCOLE").matches("école"));
        assertTrue(Glob.ignoringCase("Σίσυφος").matches("ΣΊΣΥΦΟΣ"));
        assertFalse(Glob.ignoringCase("a").matches("b"));
    }

    @Test
    void onlyStarsAreSpecialWhereTheSpecSaysSo() {
        assertTrue(Glob.starsOnly("m.*.a?").matches("m.x.a?"));
        assertFalse(Glob.starsOnly("m.*.a?").matches("m.x.ab"));
        assertNotEquals(Glob.starsOnly("a?"), Glob.exact("a?"));
        assertEquals(Glob.exact("a?"), Glob.exact("a?"));
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(
            textBlock =
                    """
                    'ex*ple', 'An example event.',          true
                    'ex*ple', 'exple',                      true
                    'ex*ple', 'An exciting triple-whammy',  true
                    'ex*ple', 'An exampled event',          false
                    'ex*ple', 'vexample',                   false
                    'cake',   'Cake!',                      true
                    'cake',   'the cakes',                  false
                    'cake',   'cheesecake cake',            true
                    'cake',   'cake_',                      false
                    'cake',   'écake',                      true
                    'cak?',   'a cake',                     true
                    'cak?',   'a cakes',                    false
                    '*cake',  'cheesecake is',              true
                    'cake*',  'no cakes',                   true
                    'cake*',  'nocakes',                    false
                    '@room',  'hey @room!',                 true
                    '',       'anything',                   true
                    'a*a',    'xa a',                       false
                    'a*a',    'xa a b a',                   true
                    """)
    void wordsAreFoundBetweenBoundaries(String pattern, String text, boolean expected) {
        assertEquals(expected, Glob.ignoringCase(pattern).findsWords(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_122, -7})
    void globsAgreeWithTheirDefinition(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "aab*?é😀_ ", 8);
            String text = text(random, "aabé😀_ ", 12);
            int[] p = pattern.codePoints().toArray();
            int[] t = text.codePoints().toArray();
            String what = "seed " + seed + ", pattern '" + pattern + "', text '" + text + "'";
            Glob glob = Glob.exact(pattern);
            assertEquals(NaiveGlob.matches(p, t), glob.matches(text), what);
            assertEquals(NaiveGlob.findsWords(p, t), glob.findsWords(text), what + " (words)");
        }
    }

    /// Segments longer than one machine word, with code points that are frequent or rare in them.
    @ParameterizedTest
    @ValueSource(longs = {3, 4_711})
    void longWildSegmentsAreFoundWhereTheyStand(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String text = text(random, "abcdefghijklmnopqrstuvwxyzaaaaaaaaaaaaaaaaaa", 400);
            int start = random.nextInt(text.length() / 2 + 1);
            int end = start + random.nextInt(text.length() - start + 1);
            var part = new StringBuilder(text.substring(start, end));
            for (int j = 0; j < part.length(); j += 1 + random.nextInt(5)) {
                part.setCharAt(j, '?');
            }
            String what = "seed " + seed + ", part " + part + ", text " + text;
            assertTrue(Glob.exact("*" + part + "*").matches(text), what);
            assertFalse(Glob.exact("*" + part + "?#*").matches(text), what);
            assertFalse(Glob.exact("*" + part + "?*#").matches(text), what);
        }
    }

    @Test
    void hostilePatternsStayCheap() {
        String body = "a".repeat(60 * 1024);
        assertCheap(Glob.ignoringCase("*a".repeat(1_000)), body);
        assertCheap(Glob.ignoringCase("*a".repeat(1_000) + "b"), body);
        assertCheap(Glob.ignoringCase("a".repeat(1_999) + "b"), body);
        assertCheap(Glob.ignoringCase("*" + "a?".repeat(1_000) + "b*"), body);
        assertCheap(Glob.ignoringCase("*" + "?".repeat(2_000) + "b*"), body);
    }

    private static void assertCheap(Glob glob, String body) {
        GlobText text = GlobText.folded(body);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long start = processorTime();
            boolean whole = glob.matches(text);
            boolean words = glob.findsWords(text);
            best = Math.min(best, processorTime() - start);
            // A match of the whole text is one between its ends, which are word boundaries.
            assertTrue(words || !whole);
        }
        assertTrue(
                best < HOSTILE_MATCH_MAX.toNanos(),
                "took " + best / 1_000 + " µs: " + glob.pattern().substring(0, 20));
    }

    @Test
    void aTextReadyForTheOtherKindOfGlobIsRefused() {
        Glob glob = Glob.exact("a");
        GlobText folded = GlobText.folded("a");
        assertThrows(IllegalArgumentException.class, () -> glob.matches(folded));
    }

    private static String text(Random random, String alphabet, int lengthMax) {
        int[] points = alphabet.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = random.nextInt(lengthMax + 1); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    /// Of this thread alone: others may have the processor meanwhile.
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
