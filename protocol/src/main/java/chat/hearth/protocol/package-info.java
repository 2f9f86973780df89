/// The rules of Matrix as pure code: values in, values out. Nothing below this package touches a
/// socket, a file, a clock, a logger or a framework.
@NullMarked
package chat.hearth.protocol;

import org.jspecify.annotations.NullMarked;
