package chat.hearth.protocol.error;

/// What an error's text says of what a client has sent: enough to recognise it, and no more, since
/// nobody is helped by getting a body back.
public final class Excerpt {
    /// The most characters of an input that an error repeats.
    public static final int CHARS_MAX = 100;

    private static final String CUT = "…";

    private Excerpt() {}

    /// `input` in at most [#CHARS_MAX] characters, with a mark where it was cut.
    public static String of(String input) {
        if (input.length() <= CHARS_MAX) {
            return input;
        }
        int end = Character.isHighSurrogate(input.charAt(CHARS_MAX - 2)) ? 2 : 1;
        return input.substring(0, CHARS_MAX - end) + CUT;
    }

    /// `text` with every word of it cut so: a text of our own has no word as long as an identifier
    /// may be.
    public static String ofWords(String text) {
        if (text.length() <= CHARS_MAX) {
            return text;
        }
        var words = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                words.append(start == 0 ? "" : " ").append(of(text.substring(start, i)));
                start = i + 1;
            }
        }
        return words.toString();
    }
}
