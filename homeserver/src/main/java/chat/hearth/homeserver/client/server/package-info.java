/// What clients ask about the server itself: its versions, its capabilities, where it is; and the
/// page that people see who open its address in a browser.
@NullMarked
package chat.hearth.homeserver.client.server;

import org.jspecify.annotations.NullMarked;
