/// What the commonest requests cost the server, in counts that hardly depend on the machine: SQL
/// statements and bytes allocated.
@NullMarked
package chat.hearth.acceptance.cost;

import org.jspecify.annotations.NullMarked;
