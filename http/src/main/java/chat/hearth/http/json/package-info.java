/// Binding of request and response records by Jakarta JSON-B, without its coercions.
@NullMarked
package chat.hearth.http.json;

import org.jspecify.annotations.NullMarked;
