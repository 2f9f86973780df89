/// What the services about accounts promise.
@NullMarked
package chat.hearth.homeserver.account;

import org.jspecify.annotations.NullMarked;
