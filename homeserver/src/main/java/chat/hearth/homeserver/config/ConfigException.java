package chat.hearth.homeserver.config;

import java.util.List;

/// The configuration cannot be used. It tells everything that is wrong with it, not just the first.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    /// Everything wrong, one sentence each.
    ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /// What is wrong, one sentence each, without any secret.
    public List<String> problems() {
        return problems;
    }
}
