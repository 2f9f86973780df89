/// What the server remembers: ports named by the question asked, and the one journal that writes.
///
/// A write goes through [Journal]: one thread applies it inside a group-committed transaction and
/// gives it stream positions. Reads are blocking calls on the ports gathered in [Stores]. Inside a
/// write, the same calls read through the write's own transaction.
///
/// Text of any kind, U+0000 included, comes back from both databases as it was stored.
@NullMarked
package chat.hearth.storage;

import org.jspecify.annotations.NullMarked;
