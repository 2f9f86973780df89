package chat.hearth.protocol.glob;

import java.util.Arrays;

/// A text made ready to be matched by many globs: its code points, with their case folded away or
/// as they are. Immutable.
public final class GlobText {
    private final int[] points;

    /// The code points as they are: some letters beside `A-Z a-z` fold into one of these, and bound
    /// words nevertheless.
    private final int[] spelt;

    private final boolean folded;

    private GlobText(int[] points, int[] spelt, boolean folded) {
        this.points = points;
        this.spelt = spelt;
        this.folded = folded;
    }

    /// The text for globs that tell upper from lower case.
    public static GlobText exact(String text) {
        int[] spelt = text.codePoints().toArray();
        return new GlobText(spelt, spelt, false);
    }

    /// The text for globs that ignore case.
    public static GlobText folded(String text) {
        int[] spelt = text.codePoints().toArray();
        return new GlobText(Arrays.stream(spelt).map(GlobText::fold).toArray(), spelt, true);
    }

    static GlobText of(String text, boolean ignoreCase) {
        return ignoreCase ? folded(text) : exact(text);
    }

    /// The one form of all code points that differ by case only. By way of upper case, as some
    /// letters have two lower case forms.
    static int fold(int point) {
        if (point < 0x80) {
            return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
        }
        return Character.toLowerCase(Character.toUpperCase(point));
    }

    boolean isFolded() {
        return folded;
    }

    int[] points() {
        return points;
    }

    /// Whether a word may begin or end between the code points `at - 1` and `at`: at either end of
    /// the text, and beside any character but `A-Z a-z 0-9 _`.
    boolean isWordBoundary(int at) {
        return at == 0 || at == spelt.length || !isWord(spelt[at - 1]) || !isWord(spelt[at]);
    }

    private static boolean isWord(int point) {
        return point >= 'a' && point <= 'z'
                || point >= 'A' && point <= 'Z'
                || point >= '0' && point <= '9'
                || point == '_';
    }
}
