/// Tests of what the areas of the client-server API have in common.
@NullMarked
package chat.hearth.homeserver.client;

import org.jspecify.annotations.NullMarked;
