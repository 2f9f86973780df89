/// State resolution: merging the forks of a room's state, in the versions v1, v2 and v2.1.
///
/// Inside, events are numbers and state keys are dense ids; [StateMap] is the state of a room in
/// these terms.
///
/// See [State resolution of v1](https://spec.matrix.org/v1.19/rooms/v1/#state-resolution), [of
/// v2](https://spec.matrix.org/v1.19/rooms/v2/#state-resolution) and [of
/// v12](https://spec.matrix.org/v1.19/rooms/v12/#state-resolution).
@NullMarked
package chat.hearth.protocol.stateres;

import org.jspecify.annotations.NullMarked;
