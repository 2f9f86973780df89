package chat.hearth.http.path;

import java.util.List;
import java.util.Set;

/// What [PathTrie#match] found.
///
/// @param <T> what the paths lead to
public sealed interface PathMatch<T> {
    /// There is a target for this path and method.
    ///
    /// @param target where the path leads
    /// @param segments the path's segments, percent-decoded; the parameter `x` of the template is
    ///   at [PathTemplate#indexOf]
    record Found<T>(T target, List<String> segments) implements PathMatch<T> {}

    /// The path is known, but not with this method: 405.
    ///
    /// @param allowed the methods that the path has
    record OtherMethod<T>(Set<HttpMethod> allowed) implements PathMatch<T> {}

    /// No template matches the path: 404.
    record Unknown<T>() implements PathMatch<T> {}
}
