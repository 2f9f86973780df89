package chat.hearth.protocol.filter;

import chat.hearth.protocol.glob.Glob;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A list of event types, of which some may hold `*`. Plain types are looked up in a set and those
/// that end in their only `*` are prefixes; the few others are globs.
record TypePatterns(Set<String> types, Set<String> prefixes, Set<Glob> globs) {
    static TypePatterns of(List<String> patterns) {
        var types = new HashSet<String>();
        var prefixes = new HashSet<String>();
        var globs = new HashSet<Glob>();
        for (String pattern : patterns) {
            int star = pattern.indexOf('*');
            if (star < 0) {
                types.add(pattern);
            } else if (star == pattern.length() - 1) {
                prefixes.add(pattern.substring(0, star));
            } else {
                globs.add(Glob.starsOnly(pattern));
            }
        }
        return new TypePatterns(Set.copyOf(types), Set.copyOf(prefixes), Set.copyOf(globs));
    }

    boolean match(String type) {
        if (types.contains(type)) {
            return true;
        }
        for (String prefix : prefixes) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        for (Glob glob : globs) {
            if (glob.matches(type)) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return types.isEmpty() && prefixes.isEmpty() && globs.isEmpty();
    }
}
