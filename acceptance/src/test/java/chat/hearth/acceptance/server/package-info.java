/// What keeps the servers under test like those that people start.
@NullMarked
package chat.hearth.acceptance.server;

import org.jspecify.annotations.NullMarked;
