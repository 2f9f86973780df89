/// Tests that secrets stay secret: what clients entrust to a server is looked for in everything
/// that the server writes down.
@NullMarked
package chat.hearth.acceptance.secrets;

import org.jspecify.annotations.NullMarked;
