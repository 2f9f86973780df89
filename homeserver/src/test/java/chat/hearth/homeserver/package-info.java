/// Tests of the composition root.
@NullMarked
package chat.hearth.homeserver;

import org.jspecify.annotations.NullMarked;
