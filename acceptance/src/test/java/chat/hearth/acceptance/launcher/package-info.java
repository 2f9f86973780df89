/// The launcher `./hearth` and the Maven wrapper, run as people run them.
@NullMarked
package chat.hearth.acceptance.launcher;

import org.jspecify.annotations.NullMarked;
