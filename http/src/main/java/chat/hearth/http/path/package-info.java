/// Request paths: templates with `{param}` segments, the trie that matches raw paths against them,
/// and strict percent-decoding. Knows nothing of sockets or of Helidon.
@NullMarked
package chat.hearth.http.path;

import org.jspecify.annotations.NullMarked;
