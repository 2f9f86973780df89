package chat.hearth.homeserver.config;

import chat.hearth.homeserver.config.ConfigSchema.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the configuration: variables of the environment before the file, the file before defaults.
public final class ConfigLoader {
    private static final String MODE_KEY = "registration.mode";

    private ConfigLoader() {}

    /// The configuration in `file`, if there is one, and `environment`.
    ///
    /// Without a file, and as long as the name is `localhost` and clients come from this machine,
    /// registration is open unless the environment says otherwise: the local default.
    ///
    /// @throws ConfigException with everything that is wrong
    public static HearthConfig load(@Nullable Path file, Map<String, String> environment) {
        Section schema = ConfigSchema.of(HearthConfig.class);
        List<String> problems = new ArrayList<>();
        ConfigValues written = file == null ? ConfigValues.none() : read(file);
        ConfigValues variables = ConfigValues.ofEnvironment(schema, environment);
        UnknownKeys unknown = new UnknownKeys(schema, problems);
        unknown.inFile(written);
        unknown.inEnvironment(environment);
        Object bound = new RecordBinder(List.of(variables, written), problems).bind(schema);
        if (!problems.isEmpty() || !(bound instanceof HearthConfig config)) {
            throw new ConfigException(problems);
        }
        boolean modeGiven = variables.find(MODE_KEY).isPresent();
        return file == null && !modeGiven && isLocal(config)
                ? config.withRegistration(config.registration().opened())
                : config;
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
            throw new ConfigException(List.of(file + " is no YAML: " + reason(noYaml)));
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
