package chat.hearth.protocol.glob;

/// What stands between two `*` of a glob: a run of code points, of which some may be `?`.
///
/// Both kinds find every place where they fit in one pass over the text, so that nobody can make a
/// search slow by a pattern that nearly fits everywhere.
sealed interface Segment permits LiteralSegment, WildSegment {
    /// Stands for `?` among the code points of a segment.
    int ANY = -1;

    /// Which ends of a place must lie at a word boundary.
    enum Ends {
        /// The place may begin and end anywhere.
        FREE,
        /// It begins at a word boundary.
        WORD_START,
        /// It ends at a word boundary.
        WORD_END,
        /// It begins and ends at word boundaries.
        WHOLE_WORDS;

        static Ends of(boolean wordStart, boolean wordEnd) {
            if (wordStart) {
                return wordEnd ? WHOLE_WORDS : WORD_START;
            }
            return wordEnd ? WORD_END : FREE;
        }

        boolean allow(GlobText text, int start, int end) {
            return switch (this) {
                case FREE -> true;
                case WORD_START -> text.isWordBoundary(start);
                case WORD_END -> text.isWordBoundary(end);
                case WHOLE_WORDS -> text.isWordBoundary(start) && text.isWordBoundary(end);
            };
        }
    }

    /// The segment for `points`, at least one.
    static Segment of(int[] points) {
        for (int point : points) {
            if (point == ANY) {
                return new WildSegment(points);
            }
        }
        return new LiteralSegment(points);
    }

    /// The code points, [#ANY] for `?`.
    int[] points();

    /// Where the segment first fits in `text` from index `from` on and ending no later than `to`,
    /// at a place that `ends` allows; -1 when nowhere.
    int find(GlobText text, int from, int to, Ends ends);

    /// Whether the segment fits in `text` at index `start`.
    default boolean fits(int[] text, int start) {
        int[] points = points();
        if (start < 0 || points.length > text.length - start) {
            return false;
        }
        for (int i = 0; i < points.length; i++) {
            if (points[i] != ANY && points[i] != text[start + i]) {
                return false;
            }
        }
        return true;
    }
}
