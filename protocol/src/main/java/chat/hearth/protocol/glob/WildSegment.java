package chat.hearth.protocol.glob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A segment with at least one `?`, found by keeping one bit per prefix: bit `i` is set while the
/// last `i + 1` code points fit the first `i + 1` of the segment. One code point of text costs one
/// step per 64 of the segment.
///
/// A code point that is frequent in the segment has a mask of all its places; a rare one only the
/// list of them. So memory stays linear too: there are at most 64 frequent ones.
final class WildSegment implements Segment {
    private final int[] points;
    private final int words;
    private final long[] wild;
    private final Map<Integer, long[]> masks = new HashMap<>();
    private final Map<Integer, int[]> places = new HashMap<>();

    WildSegment(int[] points) {
        this.points = points;
        this.words = (points.length + 63) / 64;
        this.wild = new long[words];
        Map<Integer, List<Integer>> all = new HashMap<>();
        for (int i = 0; i < points.length; i++) {
            if (points[i] == ANY) {
                wild[i >> 6] |= 1L << i;
            } else {
                all.computeIfAbsent(points[i], _ -> new ArrayList<>()).add(i);
            }
        }
        all.forEach(this::index);
    }

    private void index(int point, List<Integer> at) {
        if (at.size() < words) {
            places.put(point, at.stream().mapToInt(Integer::intValue).toArray());
            return;
        }
        long[] mask = wild.clone();
        at.forEach(i -> mask[i >> 6] |= 1L << i);
        masks.put(point, mask);
    }

    @Override
    public int[] points() {
        return points;
    }

    @Override
    public int find(GlobText text, int from, int to, Ends ends) {
        int[] read = text.points();
        int last = points.length - 1;
        var fitting = new long[words];
        var shifted = new long[words];
        for (int i = from; i < to; i++) {
            advance(fitting, shifted, read[i]);
            boolean found = (fitting[last >> 6] >>> last & 1) != 0;
            if (found && ends.allow(text, i - last, i + 1)) {
                return i - last;
            }
        }
        return -1;
    }

    private void advance(long[] fitting, long[] shifted, int point) {
        long carry = 1;
        for (int word = 0; word < words; word++) {
            shifted[word] = fitting[word] << 1 | carry;
            carry = fitting[word] >>> 63;
        }
        long[] mask = masks.getOrDefault(point, wild);
        for (int word = 0; word < words; word++) {
            fitting[word] = shifted[word] & mask[word];
        }
        int[] rare = places.get(point);
        if (rare != null) {
            for (int i : rare) {
                fitting[i >> 6] |= shifted[i >> 6] & 1L << i;
            }
        }
    }
}
