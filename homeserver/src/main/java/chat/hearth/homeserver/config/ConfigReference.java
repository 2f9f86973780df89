package chat.hearth.homeserver.config;

import chat.hearth.homeserver.config.ConfigSchema.Leaf;
import chat.hearth.homeserver.config.ConfigSchema.Section;

/// The reference page of the configuration, written from the records that read it.
public final class ConfigReference {
    private static final String INTRODUCTION =
            """
            # Configuration

            <!-- Written by `./hearth config reference`; a test keeps it current. Change the records, not this page. -->

            `./hearth serve` needs no configuration: it is then a server called `localhost` for this machine alone.
            For the rest, write a YAML file and name it: `./hearth serve --config hearth.yaml`.
            `./hearth config check --config hearth.yaml` says what is wrong with it; a key that is not listed here is refused.

            Each option can also be set by a variable of the environment, which goes before the file. In a variable, a list
            is written with commas. A secret may be given as a file that holds it: `shared-secret-file` instead of
            `shared-secret`, `…_FILE` instead of the variable.

            ```yaml
            server-name: example.org
            base-url: https://matrix.example.org
            data-directory: /var/lib/hearth
            registration:
              mode: token
              tokens-file: /etc/hearth/registration-tokens
            ```
            """;

    private ConfigReference() {}

    /// The page, as Markdown.
    public static String markdown() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        section(page, ConfigSchema.of(HearthConfig.class));
        return page.toString();
    }

    private static void section(StringBuilder page, Section section) {
        boolean top = section.key().isEmpty();
        String depth = "#".repeat(2 + (int) section.key().chars().filter(c -> c == '.').count());
        page.append('\n').append(depth).append(' ');
        page.append(top ? "The server" : "`" + section.key() + "`").append('\n');
        if (!top) {
            page.append('\n').append(section.text()).append('\n');
        }
        if (section.children().stream().anyMatch(Leaf.class::isInstance)) {
            page.append("\n| option | value | default | what it is for |\n|---|---|---|---|\n");
        }
        for (ConfigSchema.Node child : section.children()) {
            if (child instanceof Leaf leaf) {
                row(page, leaf);
            }
        }
        for (ConfigSchema.Node child : section.children()) {
            if (child instanceof Section inner) {
                section(page, inner);
            }
        }
    }

    private static void row(StringBuilder page, Leaf leaf) {
        page.append("| `").append(leaf.name()).append("`<br>`").append(leaf.variable());
        page.append("` | ").append(value(leaf));
        page.append(" | ").append(leaf.fallback().isEmpty() ? "none" : fallback(leaf));
        page.append(" | ").append(leaf.text()).append(" |\n");
    }

    private static String value(Leaf leaf) {
        String kind = (leaf.isList() ? "list, each: " : "") + leaf.kind().describe(leaf.type());
        String bounds = RecordBinder.bounds(leaf);
        return bounds.isEmpty() ? kind : kind + ", " + bounds;
    }

    private static String fallback(Leaf leaf) {
        return "`" + leaf.fallback() + "`";
    }
}
