/// The HTTP plumbing under every API of the server: listeners, routing on raw paths, requests and
/// responses as endpoints see them, access tokens, limits, errors, and CORS headers.
///
/// An endpoint is a [Endpoint] behind a [Route]; an API is a list of routes; [HttpServer] serves
/// lists of routes on listeners. Only this module and the composition root see Helidon.
@NullMarked
package chat.hearth.http;

import org.jspecify.annotations.NullMarked;
