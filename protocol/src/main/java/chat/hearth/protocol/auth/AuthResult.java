package chat.hearth.protocol.auth;

/// What the rules say about an event.
public sealed interface AuthResult {
    /// Whether the event may pass.
    boolean isAllowed();

    /// The event may pass.
    ///
    /// @param by the rule that decided
    record Allowed(AuthRule by) implements AuthResult {
        @Override
        public boolean isAllowed() {
            return true;
        }
    }

    /// The event must not pass.
    ///
    /// @param rule the first rule that refuses it
    /// @param detail what is wrong with this event, in a sentence fit for the sender's eyes
    record Rejected(Rule rule, String detail) implements AuthResult {
        @Override
        public boolean isAllowed() {
            return false;
        }
    }
}
