/// Tests of the endpoints about rooms, over real HTTP.
@NullMarked
package chat.hearth.homeserver.client.room;

import org.jspecify.annotations.NullMarked;
