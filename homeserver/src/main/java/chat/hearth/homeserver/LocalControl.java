package chat.hearth.homeserver;

import chat.hearth.homeserver.cli.ServerControl;
import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.http.AddressTakenException;
import chat.hearth.migrations.SchemaException;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Gives the command line this server. What stands in the way outside of it becomes a sentence.
final class LocalControl implements ServerControl {
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

    @Override
    public Running start(HearthConfig config) {
        try {
            return Hearth.start(config);
        } catch (AddressTakenException e) {
            throw new StartRefusedException(
                    e.getMessage() + "; choose another with listeners." + e.listener() + ".port");
        } catch (StorageException | SchemaException | UncheckedIOException e) {
            throw new StartRefusedException(reason(e));
        }
    }

    @Override
    public void requireFree(HearthConfig config, String localpart) {
        var _ =
                refusing(
                        () -> {
                            Hearth.requireFree(config, localpart);
                            return localpart;
                        });
    }

    @Override
    public String createAccount(
            HearthConfig config, String localpart, Secret password, boolean admin) {
        return refusing(() -> Hearth.createAccount(config, localpart, password, admin).value());
    }

    private static String refusing(Supplier<String> work) {
        try {
            return work.get();
        } catch (MatrixException refused) {
            throw new AccountRefusedException(refused.text());
        } catch (StorageException | SchemaException | UncheckedIOException e) {
            throw new AccountRefusedException(reason(e));
        }
    }

    /// What the driver says belongs to it, such as a wrong password.
    private static String reason(RuntimeException failure) {
        return switch (failure) {
            case DatabaseUnavailableException away -> String.valueOf(away.getMessage());
            case UncheckedIOException disk -> unusable(disk);
            default -> withCause(failure);
        };
    }

    private static String withCause(RuntimeException failure) {
        Throwable cause = failure.getCause();
        String message = String.valueOf(failure.getMessage());
        return cause == null
                ? message
                : message
                        + ": "
                        + LINE_BREAK.matcher(String.valueOf(cause.getMessage())).replaceAll("; ");
    }

    private static String unusable(UncheckedIOException failure) {
        IOException cause = Objects.requireNonNull(failure.getCause());
        String problem =
                switch (cause) {
                    case AccessDeniedException denied -> denied.getFile() + ": permission denied";
                    case FileAlreadyExistsException there ->
                            there.getFile() + " is not a directory";
                    default -> cause.getMessage();
                };
        return "Data cannot be kept where the configuration says: " + problem;
    }
}
