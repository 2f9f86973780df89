package chat.hearth.rooms.stream;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
/// @param typists the numbers of the rooms in which the client was last told that somebody types,
///   [#TYPISTS_MAX] at most: no memory of the server has to last for this to be taken back
public record StreamToken(
        long position, long typing, long presence, String run, List<Integer> typists) {
    /// In so many rooms at once a client is told that somebody types; of further ones it is not
    /// told.
    public static final int TYPISTS_MAX = 32;

    private static final Pattern FORM =
            Pattern.compile(
                    "s([0-9]{1,18})(?:_([0-9]{1,18})_([0-9]{1,18})_([0-9a-z]{1,16})"
                            + "((?:[_.][0-9]{1,9}){0,"
                            + TYPISTS_MAX
                            + "}))?");

    private static final Pattern TYPIST = Pattern.compile("[_.]");

    /// The moment after everything up to a position.
    public static StreamToken at(long position) {
        return new StreamToken(position, 0, 0, "", List.of());
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
                                match.group(4),
                                TYPIST.splitAsStream(match.group(5))
                                        .filter(number -> !number.isEmpty())
                                        .map(Integer::valueOf)
                                        .toList()));
    }

    /// The same moment, with other rooms in which the client was told that somebody types.
    public StreamToken withTypists(List<Integer> rooms) {
        return new StreamToken(position, typing, presence, run, rooms);
    }

    /// The token as clients get it.
    public String text() {
        if (run.isEmpty()) {
            return "s" + position;
        }
        String text = "s" + position + "_" + typing + "_" + presence + "_" + run;
        return typists.isEmpty()
                ? text
                : typists.stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(".", text + "_", ""));
    }
}
