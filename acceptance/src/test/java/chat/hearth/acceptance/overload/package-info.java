/// A server with little memory, under requests that are made to use it up.
@NullMarked
package chat.hearth.acceptance.overload;

import org.jspecify.annotations.NullMarked;
