package chat.hearth.homeserver.config;

import chat.hearth.homeserver.config.ConfigSchema.Leaf;
import chat.hearth.homeserver.config.ConfigSchema.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the configuration: variables of the environment before the file, the file before defaults.
public final class ConfigLoader {
    private static final String MODE_KEY = "registration.mode";

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/@]*:[^/@]*@");

    private ConfigLoader() {}

    /// The configuration in `file`, if there is one, and `environment`.
    ///
    /// Without a file, and as long as the name is `localhost` and clients come from this machine,
    /// registration is open unless the environment says otherwise: the local default.
    ///
    /// @throws ConfigException with everything that is wrong
    public static HearthConfig load(@Nullable Path file, Map<String, String> environment) {
        return load(file, environment, _ -> {});
    }

    /// The configuration in `file`, if there is one, and `environment`.
    ///
    /// @param warnings takes what is odd but does not keep a server from starting: a sentence each
    /// @throws ConfigException with everything that is wrong
    public static HearthConfig load(
            @Nullable Path file, Map<String, String> environment, Consumer<String> warnings) {
        List<String> odd = new ArrayList<>();
        try {
            return load(file, environment, odd);
        } finally {
            odd.forEach(warnings);
        }
    }

    private static HearthConfig load(
            @Nullable Path file, Map<String, String> environment, List<String> warnings) {
        Section schema = ConfigSchema.of(HearthConfig.class);
        List<String> problems = new ArrayList<>();
        ConfigValues written = file == null ? ConfigValues.none() : read(file);
        ConfigValues variables = ConfigValues.ofEnvironment(schema, environment);
        UnknownKeys unknown = new UnknownKeys(schema, problems, warnings);
        SecretFiles secrets = new SecretFiles(warnings);
        if (file != null && schema.leaves().anyMatch(leaf -> holdsSecret(leaf, written))) {
            secrets.check("the configuration", file);
        }
        unknown.inFile(written);
        unknown.inEnvironment(environment);
        Object bound =
                new RecordBinder(List.of(variables, written), problems, secrets).bind(schema);
        if (!problems.isEmpty() || !(bound instanceof HearthConfig config)) {
            throw new ConfigException(problems);
        }
        boolean modeGiven = variables.find(MODE_KEY).isPresent();
        return file == null && !modeGiven && isLocal(config)
                ? config.withRegistration(config.registration().opened())
                : config;
    }

    /// Secrets themselves, not the names of files that hold them.
    private static boolean holdsSecret(Leaf leaf, ConfigValues written) {
        return switch (leaf.kind()) {
            case SECRET -> written.find(leaf.key()).isPresent();
            case DATABASE ->
                    written.find(leaf.key())
                            .filter(url -> PASSWORD_IN_URL.matcher(url.single()).find())
                            .isPresent();
            default -> false;
        };
    }

    private static boolean isLocal(HearthConfig config) {
        return "localhost".equals(config.serverName().host())
                && config.listeners().client().address().isLoopbackAddress();
    }

    private static ConfigValues read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ConfigException(
                    List.of(file + ": there is no such file, or it cannot be read."));
        }
        try {
            return ConfigValues.ofFile(file);
        } catch (RuntimeException noYaml) {
            throw new ConfigException(List.of(file + " is not valid YAML: " + reason(noYaml)));
        }
    }

    /// The innermost reason on one line: that is where the parser tells line and column.
    private static String reason(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage()).replaceAll("\\s+", " ");
    }
}
