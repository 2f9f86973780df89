/// The command line: one class per command, each of which reads the configuration, does one thing
/// and answers with an exit code. Nothing here knows how the server works inside.
@NullMarked
package chat.hearth.homeserver.cli;

import org.jspecify.annotations.NullMarked;
