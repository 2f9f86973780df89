package chat.hearth.protocol.glob;

/// A text made ready to be matched by many globs: its code points, with their case folded away or
/// as they are. Immutable.
public final class GlobText {
    private final int[] points;
    private final boolean folded;

    private GlobText(int[] points, boolean folded) {
        this.points = points;
        this.folded = folded;
    }

    /// The text for globs that tell upper from lower case.
    public static GlobText exact(String text) {
        return new GlobText(text.codePoints().toArray(), false);
    }

    /// The text for globs that ignore case.
    public static GlobText folded(String text) {
        return new GlobText(text.codePoints().map(GlobText::fold).toArray(), true);
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
    static boolean isWordBoundary(int[] points, int at) {
        return at == 0 || at == points.length || !isWord(points[at - 1]) || !isWord(points[at]);
    }

    private static boolean isWord(int point) {
        return point >= 'a' && point <= 'z'
                || point >= 'A' && point <= 'Z'
                || point >= '0' && point <= '9'
                || point == '_';
    }
}
