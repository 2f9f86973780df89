/// What users may write, and whom they may wake, in a while.
@NullMarked
package chat.hearth.homeserver.client.budget;

import org.jspecify.annotations.NullMarked;
