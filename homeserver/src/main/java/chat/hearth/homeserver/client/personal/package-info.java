/// The endpoints about what belongs to a user: profile, account data, tags, filters, push rules,
/// presence, typing and receipts.
@NullMarked
package chat.hearth.homeserver.client.personal;

import org.jspecify.annotations.NullMarked;
