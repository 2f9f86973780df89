/// Tests of the replay of power losses, and a short one.
@NullMarked
package chat.hearth.acceptance.power;

import org.jspecify.annotations.NullMarked;
