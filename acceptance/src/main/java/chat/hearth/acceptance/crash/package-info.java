/// The crash driver: mixed load, a kill at a random moment, a restart, and an audit of everything
/// that the server had acknowledged.
@NullMarked
package chat.hearth.acceptance.crash;

import org.jspecify.annotations.NullMarked;
