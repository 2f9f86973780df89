/// What a server says of itself, over HTTP.
@NullMarked
package chat.hearth.homeserver.client.server;

import org.jspecify.annotations.NullMarked;
