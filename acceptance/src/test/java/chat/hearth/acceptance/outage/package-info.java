/// What people see when something that a server needs is gone or taken.
@NullMarked
package chat.hearth.acceptance.outage;

import org.jspecify.annotations.NullMarked;
