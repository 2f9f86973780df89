package chat.hearth.rooms.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A moment as clients hold it: `next_batch`, `prev_batch`, and the `from`, `to` and `at` of the
/// endpoints that take these. What it says is nobody's business but ours.
///
/// Everything up to [#position()] lies before it. The other parts are for `/sync` alone: typing and
/// presence are numbered in memory, and the numbers mean something only to the process that gave
/// them.
///
/// @param position the position in the stream
/// @param typing the number of the last typing change that the client knows
/// @param presence the number of the last presence change that the client knows
/// @param run the name of the run of the server that gave the token; empty when it names none
public record StreamToken(long position, long typing, long presence, String run) {
    private static final Pattern FORM =
            Pattern.compile("s([0-9]{1,18})(?:_([0-9]{1,18})_([0-9]{1,18})_([0-9a-z]{1,16}))?");

    /// The moment after everything up to a position.
    public static StreamToken at(long position) {
        return new StreamToken(position, 0, 0, "");
    }

    /// Reads what [#text()] wrote.
    public static Optional<StreamToken> parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long position = Long.parseLong(match.group(1));
        return match.group(4) == null
                ? Optional.of(at(position))
                : Optional.of(
                        new StreamToken(
                                position,
                                Long.parseLong(match.group(2)),
                                Long.parseLong(match.group(3)),
                                match.group(4)));
    }

    /// The token as clients get it.
    public String text() {
        return run.isEmpty()
                ? "s" + position
                : "s" + position + "_" + typing + "_" + presence + "_" + run;
    }
}
