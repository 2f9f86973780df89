package chat.hearth.homeserver.config;

import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.room.RoomVersion;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The kinds of value an option may have: how each is read, and in what words it is explained.
enum OptionKind {
    TEXT("text", String.class),
    INTEGER("whole number", int.class),
    BIG_INTEGER("whole number", long.class),
    SIZE("size such as `64KiB` or `10MiB`", long.class),
    DECIMAL("number", double.class),
    SWITCH("`true` or `false`", boolean.class),
    DURATION("duration such as `500ms`, `30s`, `5m`, `1h` or `7d`", Duration.class),
    PATH("path", Path.class),
    URL("`http` or `https` address", URI.class),
    SECRET("secret", Secret.class),
    ADDRESS("IP address", InetAddress.class),
    ADDRESS_RANGE("range such as `10.0.0.0/8`", AddressRange.class),
    DATABASE("database address", DatabaseUrl.class),
    SERVER_NAME("server name such as `example.org`", ServerName.class),
    ROOM_VERSION("room version from `1` to `12`", RoomVersion.class),
    CHOICE("one of the words given", Enum.class);

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12}) ?([A-Za-z]*)");

    private final String words;
    private final Class<?> type;

    OptionKind(String words, Class<?> type) {
        this.words = words;
        this.type = type;
    }

    /// The kind of a record component called `name` whose (element) type is `type`.
    static OptionKind of(String name, Class<?> type) {
        if (type == long.class) {
            return name.endsWith("Bytes") ? SIZE : BIG_INTEGER;
        }
        if (type.isEnum() && type != RoomVersion.class) {
            return CHOICE;
        }
        return Arrays.stream(values())
                .filter(kind -> kind.type == type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no option can be a " + type));
    }

    /// What may be written, for a person. `type` tells the words of a choice.
    String describe(Class<?> type) {
        if (this != CHOICE) {
            return words;
        }
        return Arrays.stream(type.getEnumConstants())
                .map(word -> "`" + word.toString().toLowerCase(Locale.ROOT) + "`")
                .collect(Collectors.joining(", "));
    }

    /// What must be written, as the end of a sentence. `type` tells the words of a choice.
    String required(Class<?> type) {
        return switch (this) {
            case CHOICE -> "one of " + describe(type);
            case SWITCH -> words;
            case ADDRESS, URL -> "an " + words;
            default -> "a " + words;
        };
    }

    /// The value that `text` stands for.
    ///
    /// @throws IllegalArgumentException when it stands for none; of [#DATABASE] the message ends
    ///   the sentence "`key` …"
    Object read(Class<?> type, String text) {
        return switch (this) {
            case TEXT -> text;
            case INTEGER -> Math.toIntExact(whole(text));
            case BIG_INTEGER -> whole(text);
            case SIZE -> bytes(text);
            case DECIMAL -> decimal(text);
            case SWITCH -> truth(text);
            case DURATION -> duration(text);
            case PATH -> Path.of(text);
            case URL -> url(text);
            case SECRET -> new Secret(text);
            case ADDRESS -> InetAddress.ofLiteral(text);
            case ADDRESS_RANGE -> AddressRange.parse(text);
            case DATABASE -> DatabaseUrl.parse(text);
            case SERVER_NAME -> new ServerName(text);
            case ROOM_VERSION ->
                    RoomVersion.find(text)
                            .orElseThrow(() -> new IllegalArgumentException("no room version"));
            case CHOICE -> choice(type, text);
        };
    }

    /// The value as a number to hold against an option's bounds; durations in milliseconds.
    static long magnitude(Object value) {
        return switch (value) {
            case Duration duration -> duration.toMillis();
            case Number number -> number.longValue();
            default -> 0;
        };
    }

    private static long whole(String text) {
        return new BigDecimal(text).longValueExact();
    }

    private static double decimal(String text) {
        return new BigDecimal(text).doubleValue();
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new IllegalArgumentException("no http or https address");
        }
        return url;
    }

    private static Object choice(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(word -> word.toString().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of the words"));
    }

    private static Duration duration(String text) {
        Matcher amount = amount(text);
        long count = Long.parseLong(amount.group(1));
        return switch (amount.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> throw new IllegalArgumentException("the unit is missing or unknown");
        };
    }

    private static long bytes(String text) {
        Matcher amount = amount(text);
        int shift =
                switch (amount.group(2)) {
                    case "", "B" -> 0;
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    default -> throw new IllegalArgumentException("the unit is unknown");
                };
        return Math.multiplyExact(Long.parseLong(amount.group(1)), 1L << shift);
    }

    private static Matcher amount(String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            throw new IllegalArgumentException("not a number with a unit");
        }
        return amount;
    }
}
