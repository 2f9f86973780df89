package chat.hearth.protocol.filter;

/// What `contains_url` asks for.
public enum UrlRule {
    /// Absent: a `url` in the content makes no difference.
    ANY,
    /// `true`: only events with a `url` in their content.
    WITH_URL,
    /// `false`: only events without.
    WITHOUT_URL;

    /// Whether an event passes whose content has a `url`, or has none.
    public boolean accepts(boolean containsUrl) {
        return this == ANY || (this == WITH_URL) == containsUrl;
    }
}
