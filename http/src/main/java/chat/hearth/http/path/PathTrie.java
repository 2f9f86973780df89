package chat.hearth.http.path;

import chat.hearth.protocol.error.MatrixException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the target of a request by its raw path. The path is split at its slashes first and each
/// segment is percent-decoded then, so `%2F` stays inside its segment; empty segments count.
/// Literal segments win over parameters.
///
/// Immutable once built, so any number of threads may match at once.
///
/// @param <T> what the paths lead to
public final class PathTrie<T> {
    /// A path with more segments than this matches nothing. The longest path of the specification
    /// has ten.
    private static final int SEGMENTS_MAX = 32;

    private final Node<T> root;

    private PathTrie(Node<T> root) {
        this.root = root;
    }

    /// A builder without any path.
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /// Where a request with this raw path leads. A path of the absolute form (`http://host/path`)
    /// is matched by what follows its authority.
    ///
    /// @param method the method, or null when it is one that no endpoint can have
    /// @throws MatrixException 400 when the path has a malformed escape
    public PathMatch<T> match(@Nullable HttpMethod method, String rawPath) {
        String path = withoutAuthority(rawPath);
        if (!path.startsWith("/")) {
            return new PathMatch.Unknown<>();
        }
        List<String> segments = PathTemplate.split(path);
        if (segments.size() > SEGMENTS_MAX) {
            return new PathMatch.Unknown<>();
        }
        segments.replaceAll(PercentEncoding::decodeSegment);
        T target = method == null ? null : find(root, segments, 0, method);
        if (target != null) {
            return new PathMatch.Found<>(target, segments);
        }
        Set<HttpMethod> allowed = EnumSet.noneOf(HttpMethod.class);
        collectMethods(root, segments, 0, allowed);
        return allowed.isEmpty() ? new PathMatch.Unknown<>() : new PathMatch.OtherMethod<>(allowed);
    }

    private static String withoutAuthority(String rawPath) {
        if (rawPath.startsWith("/")) {
            return rawPath;
        }
        int scheme = rawPath.indexOf("://");
        int slash = scheme < 0 ? -1 : rawPath.indexOf('/', scheme + 3);
        return slash < 0 ? rawPath : rawPath.substring(slash);
    }

    private static <T> @Nullable T find(
            Node<T> node, List<String> segments, int depth, HttpMethod method) {
        if (depth == segments.size()) {
            return node.targets.get(method);
        }
        Node<T> literal = node.literals.get(segments.get(depth));
        T found = literal == null ? null : find(literal, segments, depth + 1, method);
        if (found == null && node.parameter != null) {
            found = find(node.parameter, segments, depth + 1, method);
        }
        return found;
    }

    private static <T> void collectMethods(
            Node<T> node, List<String> segments, int depth, Set<HttpMethod> methods) {
        if (depth == segments.size()) {
            methods.addAll(node.targets.keySet());
            return;
        }
        Node<T> literal = node.literals.get(segments.get(depth));
        if (literal != null) {
            collectMethods(literal, segments, depth + 1, methods);
        }
        if (node.parameter != null) {
            collectMethods(node.parameter, segments, depth + 1, methods);
        }
    }

    /// Collects paths; not safe for use by several threads.
    ///
    /// @param <T> what the paths lead to
    public static final class Builder<T> {
        private final Node<T> root = new Node<>();

        private Builder() {}

        /// Adds a path.
        ///
        /// @throws IllegalArgumentException when another template already takes the same requests
        public Builder<T> add(HttpMethod method, PathTemplate template, T target) {
            Node<T> node = root;
            List<String> segments = template.segments();
            for (int i = 0; i < segments.size(); i++) {
                node =
                        template.isParameter(i)
                                ? node.parameterChild()
                                : node.literals.computeIfAbsent(segments.get(i), _ -> new Node<>());
            }
            if (node.targets.put(method, target) != null) {
                throw new IllegalArgumentException("Registered twice: " + method + " " + template);
            }
            return this;
        }

        /// The trie. The builder must not be used afterwards.
        public PathTrie<T> build() {
            return new PathTrie<>(root);
        }
    }

    private static final class Node<T> {
        private final Map<String, Node<T>> literals = new HashMap<>();
        private final Map<HttpMethod, T> targets = new EnumMap<>(HttpMethod.class);
        private @Nullable Node<T> parameter;

        private Node<T> parameterChild() {
            Node<T> child = parameter;
            if (child == null) {
                child = new Node<>();
                parameter = child;
            }
            return child;
        }
    }
}
