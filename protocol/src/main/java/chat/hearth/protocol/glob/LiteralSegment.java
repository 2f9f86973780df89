package chat.hearth.protocol.glob;

/// A segment without `?`, found by the method of Knuth, Morris and Pratt.
final class LiteralSegment implements Segment {
    private final int[] points;

    /// For each prefix of the segment, the length of its longest proper prefix that is also its
    /// suffix: what is still matched when the next code point does not fit.
    private final int[] borders;

    LiteralSegment(int[] points) {
        this.points = points;
        this.borders = borders(points);
    }

    private static int[] borders(int[] points) {
        var borders = new int[points.length];
        int border = 0;
        for (int i = 1; i < points.length; i++) {
            while (border > 0 && points[border] != points[i]) {
                border = borders[border - 1];
            }
            if (points[border] == points[i]) {
                border++;
            }
            borders[i] = border;
        }
        return borders;
    }

    @Override
    public int[] points() {
        return points;
    }

    @Override
    public int find(GlobText text, int from, int to, Ends ends) {
        int[] found = text.points();
        int matched = 0;
        for (int i = from; i < to; i++) {
            while (matched > 0 && points[matched] != found[i]) {
                matched = borders[matched - 1];
            }
            if (points[matched] == found[i]) {
                matched++;
            }
            if (matched == points.length) {
                int start = i + 1 - matched;
                if (ends.allow(text, start, i + 1)) {
                    return start;
                }
                matched = borders[matched - 1];
            }
        }
        return -1;
    }
}
