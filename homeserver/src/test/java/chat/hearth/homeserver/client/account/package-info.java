/// What the endpoints about accounts promise, asked over HTTP.
@NullMarked
package chat.hearth.homeserver.client.account;

import org.jspecify.annotations.NullMarked;
