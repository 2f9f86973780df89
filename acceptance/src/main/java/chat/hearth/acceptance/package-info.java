/// What the black-box tests and the load driver share: a real server in a process of its own, and a
/// plain HTTP client to talk to it. Nothing here reaches into the server, everything goes over
/// loopback; only the replay of power losses writes through the server's storage itself.
@NullMarked
package chat.hearth.acceptance;

import org.jspecify.annotations.NullMarked;
