package chat.hearth.homeserver.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may make an account.
///
/// @param mode the rule for everybody
/// @param tokens what opens registration in the mode `token`
/// @param sharedSecret what opens the registration that tools use
/// @param guests whether anybody may be a guest
public record RegistrationConfig(
        @Option(
                        value =
                                "`closed`: nobody over the network; `token`: who has one of the"
                                        + " tokens; `open`: everybody who reaches the server. Open"
                                        + " only where there is no configuration file, the name is"
                                        + " `localhost` and clients come from this machine.",
                        fallback = "closed")
                Mode mode,
        @Option("The tokens of the mode `token`; each may be used any number of times.")
                List<Secret> tokens,
        @Option(
                        "The secret of `/_synapse/admin/v1/register`, by which tools make accounts"
                                + " in any mode. Without it that address does not exist.")
                @Nullable Secret sharedSecret,
        @Option(
                        value =
                                "Whether anybody may have a guest's account, in any mode: it has no"
                                        + " password and gets into rooms that let guests in.",
                        fallback = "false")
                boolean guests) {

    /// Refuses a mode that could never let anybody in, and secrets that are none.
    public RegistrationConfig {
        if (mode == Mode.TOKEN && tokens.isEmpty()) {
            throw new IllegalArgumentException("the mode `token` needs at least one of `tokens`");
        }
        if (sharedSecret != null && sharedSecret.reveal().isEmpty()) {
            throw new IllegalArgumentException("`shared-secret` is empty");
        }
        tokens = List.copyOf(tokens);
    }

    /// The secret of the registration that tools use, if that is on.
    public Optional<Secret> toolSecret() {
        return Optional.ofNullable(sharedSecret);
    }

    RegistrationConfig opened() {
        return new RegistrationConfig(Mode.OPEN, tokens, sharedSecret, guests);
    }

    /// The rule for everybody.
    public enum Mode {
        /// Nobody over the network.
        CLOSED,
        /// Who has a registration token.
        TOKEN,
        /// Everybody who reaches the server.
        OPEN
    }
}
