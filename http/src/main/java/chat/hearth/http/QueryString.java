package chat.hearth.http;

import chat.hearth.http.path.PercentEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters of a request's query, decoded strictly and only when somebody asks.
final class QueryString {
    /// More parameters than this are not looked at: no operation has so many.
    private static final int PARAMETERS_MAX = 256;

    private final String raw;
    private @Nullable List<String> namesAndValues;

    QueryString(String raw) {
        this.raw = raw;
    }

    /// The first value of `name`, or null; a parameter without `=` has an empty value.
    @Nullable String first(String name) {
        if (raw.isEmpty()) {
            return null;
        }
        List<String> parameters = parameters();
        for (int i = 0; i < parameters.size(); i += 2) {
            if (parameters.get(i).equals(name)) {
                return parameters.get(i + 1);
            }
        }
        return null;
    }

    List<String> all(String name) {
        List<String> parameters = parameters();
        var values = new ArrayList<String>();
        for (int i = 0; i < parameters.size(); i += 2) {
            if (parameters.get(i).equals(name)) {
                values.add(parameters.get(i + 1));
            }
        }
        return values;
    }

    private List<String> parameters() {
        List<String> known = namesAndValues;
        if (known == null) {
            known = parse();
            namesAndValues = known;
        }
        return known;
    }

    private List<String> parse() {
        var parsed = new ArrayList<String>();
        int start = 0;
        while (start < raw.length() && parsed.size() < 2 * PARAMETERS_MAX) {
            int ampersand = raw.indexOf('&', start);
            int end = ampersand < 0 ? raw.length() : ampersand;
            if (end > start) {
                int equals = raw.indexOf('=', start);
                int nameEnd = equals < 0 || equals > end ? end : equals;
                parsed.add(PercentEncoding.decodeQuery(raw, start, nameEnd));
                parsed.add(PercentEncoding.decodeQuery(raw, Math.min(nameEnd + 1, end), end));
            }
            start = end + 1;
        }
        return parsed;
    }
}
