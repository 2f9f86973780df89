/// Accounts of this server: who somebody is ([chat.hearth.homeserver.account.AccountSessions],
/// [chat.hearth.homeserver.account.PasswordLogin]), how they prove it again
/// ([chat.hearth.homeserver.account.UserInteractiveAuth]), how accounts begin
/// ([chat.hearth.homeserver.account.Registration]) and end. Rules only; the endpoints are
/// elsewhere.
///
/// Passwords are known by their Argon2id hash, tokens by their SHA-256; neither stands in any log
/// or textual form.
@NullMarked
package chat.hearth.homeserver.account;

import org.jspecify.annotations.NullMarked;
