package chat.hearth.protocol.glob;

/// The definition of a glob, word for word and as slow as that is.
final class NaiveGlob {
    private NaiveGlob() {}

    static boolean matches(int[] pattern, int[] text) {
        return matches(pattern, 0, text, 0, text.length);
    }

    static boolean findsWords(int[] pattern, int[] text) {
        for (int start = 0; start <= text.length; start++) {
            for (int end = start; end <= text.length; end++) {
                if (isBoundary(text, start)
                        && isBoundary(text, end)
                        && matches(pattern, 0, text, start, end)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(int[] pattern, int p, int[] text, int from, int to) {
        if (p == pattern.length) {
            return from == to;
        }
        if (pattern[p] == '*') {
            return matches(pattern, p + 1, text, from, to)
                    || from < to && matches(pattern, p, text, from + 1, to);
        }
        return from < to
                && (pattern[p] == '?' || pattern[p] == text[from])
                && matches(pattern, p + 1, text, from + 1, to);
    }

    private static boolean isBoundary(int[] text, int at) {
        return at == 0 || at == text.length || !isWord(text[at - 1]) || !isWord(text[at]);
    }

    private static boolean isWord(int c) {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_".indexOf(c) >= 0;
    }
}
