/// The server as a whole: [chat.hearth.homeserver.Main] is where the process begins and
/// [chat.hearth.homeserver.Hearth] is one running homeserver. What is here puts parts together;
/// rules of Matrix, SQL and HTTP plumbing live in the modules below.
@NullMarked
package chat.hearth.homeserver;

import org.jspecify.annotations.NullMarked;
