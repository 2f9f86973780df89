/// Both sets of scripts make the same tables.
@NullMarked
package chat.hearth.migrations;

import org.jspecify.annotations.NullMarked;
