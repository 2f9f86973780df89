package chat.hearth.http.path;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A path such as `/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}`: segments that
/// are either literal or a named parameter. A parameter matches exactly one segment, even an empty
/// one.
public final class PathTemplate {
    private final String text;
    private final List<String> segments;
    private final @Nullable String[] parameters;

    private PathTemplate(String text, List<String> segments, @Nullable String[] parameters) {
        this.text = text;
        this.segments = segments;
        this.parameters = parameters;
    }

    /// Reads a template.
    ///
    /// @throws IllegalArgumentException when it does not begin with a slash or names a parameter
    ///   twice
    public static PathTemplate of(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("A path template begins with a slash: " + text);
        }
        List<String> segments = split(text);
        var parameters = new @Nullable String[segments.size()];
        Set<String> names = new HashSet<>();
        for (int i = 0; i < parameters.length; i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{") && segment.endsWith("}")) {
                String name = segment.substring(1, segment.length() - 1);
                if (name.isEmpty() || !names.add(name)) {
                    throw new IllegalArgumentException(
                            "Parameters need names of their own: " + text);
                }
                parameters[i] = name;
            }
        }
        return new PathTemplate(text, List.copyOf(segments), parameters);
    }

    /// The segments of a path that begins with a slash: what stands after each slash, undecoded.
    static List<String> split(String path) {
        var segments = new ArrayList<String>(10);
        int start = 1;
        while (true) {
            int slash = path.indexOf('/', start);
            if (slash < 0) {
                segments.add(path.substring(start));
                return segments;
            }
            segments.add(path.substring(start, slash));
            start = slash + 1;
        }
    }

    List<String> segments() {
        return segments;
    }

    boolean isParameter(int segment) {
        return parameters[segment] != null;
    }

    /// The index of the segment that the parameter `name` stands for.
    ///
    /// @throws IllegalArgumentException when the template has no such parameter
    public int indexOf(String name) {
        for (int i = 0; i < parameters.length; i++) {
            if (name.equals(parameters[i])) {
                return i;
            }
        }
        throw new IllegalArgumentException("No parameter " + name + " in " + text);
    }

    /// The template as it was written.
    @Override
    public String toString() {
        return text;
    }
}
