/// Rooms as graphs of events in memory, for tests and benchmarks of what the rules make of them:
/// state resolution above all. Nothing here is signed or hashed.
@NullMarked
package chat.hearth.testkit.dag;

import org.jspecify.annotations.NullMarked;
