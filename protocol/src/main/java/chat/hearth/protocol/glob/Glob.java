package chat.hearth.protocol.glob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A compiled glob: `*` stands for any number of characters, `?` for exactly one, everything else
/// for itself. A character is a Unicode code point.
///
/// Matching a text of `n` code points against a pattern of `m` takes O(n + m) steps without `?`,
/// and O(n · m / 64) at worst with it; nothing is ever tried twice. Immutable.
///
/// See [Glob-style matching](https://spec.matrix.org/v1.19/appendices/#glob-style-matching).
public final class Glob {
    private final String pattern;
    private final boolean ignoreCase;
    private final Special special;
    private final boolean freeStart;
    private final boolean freeEnd;
    private final List<Segment> segments;

    /// Which characters of a pattern are special.
    private enum Special {
        STAR_AND_MARK,
        STAR,
        NONE
    }

    private Glob(String pattern, boolean ignoreCase, Special special) {
        this.pattern = pattern;
        this.ignoreCase = ignoreCase;
        this.special = special;
        this.freeStart = special != Special.NONE && pattern.startsWith("*");
        this.freeEnd = special != Special.NONE && pattern.endsWith("*");
        this.segments = segments(pattern, ignoreCase, special);
    }

    /// A glob that tells upper from lower case.
    public static Glob exact(String pattern) {
        return new Glob(pattern, false, Special.STAR_AND_MARK);
    }

    /// A glob that ignores case, by folding each code point for itself.
    public static Glob ignoringCase(String pattern) {
        return new Glob(pattern, true, Special.STAR_AND_MARK);
    }

    /// A glob in which only `*` is special, as in the type lists of filters.
    public static Glob starsOnly(String pattern) {
        return new Glob(pattern, false, Special.STAR);
    }

    /// A text to be found as it stands but for case, with nothing special in it.
    public static Glob literalIgnoringCase(String text) {
        return new Glob(text, true, Special.NONE);
    }

    private static List<Segment> segments(String pattern, boolean ignoreCase, Special special) {
        int[] points = GlobText.of(pattern, ignoreCase).points();
        var segments = new ArrayList<Segment>();
        int start = 0;
        for (int i = 0; i <= points.length; i++) {
            if (i == points.length || points[i] == '*' && special != Special.NONE) {
                if (i > start) {
                    segments.add(Segment.of(Arrays.copyOfRange(points, start, i)));
                }
                start = i + 1;
            } else if (points[i] == '?' && special == Special.STAR_AND_MARK) {
                points[i] = Segment.ANY;
            }
        }
        return List.copyOf(segments);
    }

    /// The pattern as it was given.
    public String pattern() {
        return pattern;
    }

    /// Whether the glob matches the whole of `text`.
    public boolean matches(String text) {
        if (segments.size() == 1 && !freeStart && !freeEnd) {
            return isAll(text, segments.getFirst().points());
        }
        return matches(GlobText.of(text, ignoreCase));
    }

    /// Whether the glob matches the whole of `text`.
    ///
    /// @throws IllegalArgumentException when the text's case was not folded as this glob needs
    public boolean matches(GlobText text) {
        int[] points = points(text);
        int from = 0;
        int to = points.length;
        int next = 0;
        int end = segments.size();
        if (!freeStart) {
            if (end == 0) {
                return to == 0;
            }
            Segment first = segments.get(next++);
            if (!first.fits(points, 0)) {
                return false;
            }
            from = first.points().length;
        }
        if (next == end) {
            return freeEnd || from == to;
        }
        if (!freeEnd) {
            Segment last = segments.get(--end);
            to -= last.points().length;
            if (to < from || !last.fits(points, to)) {
                return false;
            }
        }
        return findAll(text, next, end, from, to);
    }

    /// Whether `points` are the whole of `text`; the common case, and it allocates nothing.
    private boolean isAll(String text, int[] points) {
        int at = 0;
        for (int point : points) {
            if (at == text.length()) {
                return false;
            }
            int found = text.codePointAt(at);
            at += Character.charCount(found);
            if (point != Segment.ANY && point != (ignoreCase ? GlobText.fold(found) : found)) {
                return false;
            }
        }
        return at == text.length();
    }

    private boolean findAll(GlobText text, int next, int end, int from, int to) {
        int at = from;
        for (Segment segment : segments.subList(next, end)) {
            int found = segment.find(text, at, to, Segment.Ends.FREE);
            if (found < 0) {
                return false;
            }
            at = found + segment.points().length;
        }
        return true;
    }

    /// Whether the glob matches some part of `text` that begins and ends at a word boundary.
    public boolean findsWords(String text) {
        return findsWords(GlobText.of(text, ignoreCase));
    }

    /// Whether the glob matches some part of `text` that begins and ends at a word boundary: at an
    /// end of the text or beside a character other than `A-Z a-z 0-9 _`.
    ///
    /// @throws IllegalArgumentException when the text's case was not folded as this glob needs
    public boolean findsWords(GlobText text) {
        int[] points = points(text);
        int at = 0;
        int last = segments.size() - 1;
        // The leftmost place for each segment leaves the most room for those after it. A `*` at an
        // end of the pattern reaches to that end of the text, which is a word boundary.
        for (int i = 0; i <= last; i++) {
            Segment segment = segments.get(i);
            var ends = Segment.Ends.of(i == 0 && !freeStart, i == last && !freeEnd);
            int found = segment.find(text, at, points.length, ends);
            if (found < 0) {
                return false;
            }
            at = found + segment.points().length;
        }
        return true;
    }

    private int[] points(GlobText text) {
        if (text.isFolded() != ignoreCase) {
            throw new IllegalArgumentException("The text's case is not as the glob needs it");
        }
        return text.points();
    }

    /// Equal when made in the same way from the same pattern.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Glob glob
                && glob.pattern.equals(pattern)
                && glob.ignoreCase == ignoreCase
                && glob.special == special;
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    /// The pattern.
    @Override
    public String toString() {
        return pattern;
    }
}
