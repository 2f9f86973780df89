package chat.hearth.protocol.acl;

import chat.hearth.protocol.glob.Glob;
import chat.hearth.protocol.glob.GlobText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One list of an access list. Names without wildcards, which long lists are made of, are looked up
/// in a set, and so are those of the form `*.example.org`; only the rest is matched one by one.
///
/// @param all whether some pattern is `*` alone
/// @param hosts the patterns without wildcards
/// @param domains what follows `*.` in patterns without further wildcards
/// @param globs all other patterns
record HostPatterns(boolean all, Set<String> hosts, Set<String> domains, List<Glob> globs) {
    /// No host matches.
    static final HostPatterns NONE = of(List.of());

    /// Every host matches.
    static final HostPatterns ALL = of(List.of("*"));

    static HostPatterns of(List<String> patterns) {
        boolean all = false;
        var hosts = new HashSet<String>();
        var domains = new HashSet<String>();
        var globs = new ArrayList<Glob>();
        for (String pattern : new HashSet<>(patterns)) {
            String lower = pattern.toLowerCase(Locale.ROOT);
            if (isStars(pattern)) {
                all = true;
            } else if (isPlain(lower)) {
                hosts.add(lower);
            } else if (lower.startsWith("*.") && isPlain(lower.substring(2))) {
                domains.add(lower.substring(2));
            } else {
                globs.add(Glob.ignoringCase(pattern));
            }
        }
        return new HostPatterns(all, Set.copyOf(hosts), Set.copyOf(domains), List.copyOf(globs));
    }

    private static boolean isStars(String pattern) {
        return !pattern.isEmpty() && pattern.chars().allMatch(c -> c == '*');
    }

    private static boolean isPlain(String pattern) {
        return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    }

    /// Whether any pattern matches `host`, which is in lower case.
    boolean match(String host) {
        return all || hosts.contains(host) || matchesDomain(host) || matchesGlob(host);
    }

    /// Whether some patterns must be matched one by one.
    boolean hasGlobs() {
        return !globs.isEmpty();
    }

    private boolean matchesDomain(String host) {
        if (domains.isEmpty()) {
            return false;
        }
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            if (domains.contains(host.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesGlob(String host) {
        if (globs.isEmpty()) {
            return false;
        }
        GlobText text = GlobText.folded(host);
        for (Glob glob : globs) {
            if (glob.matches(text)) {
                return true;
            }
        }
        return false;
    }
}
