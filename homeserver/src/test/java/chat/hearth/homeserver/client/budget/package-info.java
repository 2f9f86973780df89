/// Tests of the endpoints about what users may write in a while, over real HTTP.
@NullMarked
package chat.hearth.homeserver.client.budget;

import org.jspecify.annotations.NullMarked;
