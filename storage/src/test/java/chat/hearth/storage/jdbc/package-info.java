/// What the journal and the stores promise, checked on both databases.
@NullMarked
package chat.hearth.storage.jdbc;

import org.jspecify.annotations.NullMarked;
