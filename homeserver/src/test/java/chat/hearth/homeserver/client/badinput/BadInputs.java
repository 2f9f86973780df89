package chat.hearth.homeserver.client.badinput;

import java.util.Map;

/// What clients send wrong, by the numbers of the table's lines. What is missing between them is
/// about media, push, keys and single sign-on, of which nothing is served.
final class BadInputs {
    /// What each number is about.
    static final Map<String, String> LIST =
            Map.ofEntries(
                    Map.entry("C1", "no access token, or an empty one"),
                    Map.entry("C2", "an access token that nobody has, or no longer"),
                    Map.entry("C3", "an expired access token; a refresh token used twice"),
                    Map.entry("C4", "a wrong password looks like an unknown user"),
                    Map.entry("C5", "a locked user, with anything but logging out"),
                    Map.entry("C6", "a suspended user writes"),
                    Map.entry("C7", "a deactivated user logs in"),
                    Map.entry("C8", "a kind of login that is unknown or not offered"),
                    Map.entry(
                            "C9", "a proof of interactive authentication used for something else"),
                    Map.entry("C10", "account data, tags, filters and presence of somebody else"),
                    Map.entry("C11", "typing and profiles of somebody else"),
                    Map.entry("C12", "what only administrators may, by others"),
                    Map.entry("C13", "registering, also as a guest, where it is closed"),
                    Map.entry("C14", "a mail token used for another address or purpose"),
                    Map.entry("C15", "a username with bad characters, too long, taken or reserved"),
                    Map.entry("C16", "an application service beyond its users and devices"),
                    Map.entry("C17", "joining without an invite, banned, or as a guest"),
                    Map.entry("C18", "state, members and messages of a room one is not in"),
                    Map.entry("C19", "an event that is invisible, unknown or of another room"),
                    Map.entry("C20", "what takes more power than one has"),
                    Map.entry(
                            "C21",
                            "power levels raised beyond one's own, and other users' state keys"),
                    Map.entry("C22", "a second `m.room.create`"),
                    Map.entry("C23", "power levels that name a creator who ranks above all"),
                    Map.entry("C24", "power levels that are no integers, or too large"),
                    Map.entry("C25", "a room version that is no string or unknown"),
                    Map.entry("C26", "additional creators that are no list of user ids"),
                    Map.entry("C27", "a new room with a taken alias or bad initial state"),
                    Map.entry("C28", "an alias that is taken or malformed"),
                    Map.entry("C29", "a canonical alias that is malformed or another room's"),
                    Map.entry(
                            "C30", "removing an alias without the right, or one that is not there"),
                    Map.entry("C31", "a membership that is missing or unknown"),
                    Map.entry("C32", "an access list that keeps this server out"),
                    Map.entry("C33", "an invite of nobody"),
                    Map.entry("C34", "a body that is no JSON or not UTF-8"),
                    Map.entry("C35", "a body that is JSON but no object"),
                    Map.entry("C36", "numbers beyond the bounds of canonical JSON"),
                    Map.entry("C37", "deep nesting, duplicate keys, lone surrogates"),
                    Map.entry("C38", "NUL characters in texts"),
                    Map.entry("C39", "an event, type or state key that is too large"),
                    Map.entry("C40", "a body above the limit, also without a length"),
                    Map.entry("C41", "ambiguous lengths and malformed headers"),
                    Map.entry("C42", "multipart and compressed bodies"),
                    Map.entry("C43", "unknown paths, other methods, encoded slashes"),
                    Map.entry("C44", "too many requests"),
                    Map.entry("C45", "the same transaction id again"),
                    Map.entry("C53", "receipts of an unknown kind, thread or event"),
                    Map.entry("C54", "account data that the server keeps itself"),
                    Map.entry("C59", "profile keys, tags and device names that are too long"),
                    Map.entry(
                            "C60",
                            "tokens, filters and limits that make no sense, and other lone cases"));

    private BadInputs() {}
}
