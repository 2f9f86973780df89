/// Tests of `chat.hearth.homeserver.client.personal`.
@NullMarked
package chat.hearth.homeserver.client.personal;

import org.jspecify.annotations.NullMarked;
