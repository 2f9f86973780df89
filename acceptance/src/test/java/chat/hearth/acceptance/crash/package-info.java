/// Kills real servers and their databases and audits what is left.
@NullMarked
package chat.hearth.acceptance.crash;

import org.jspecify.annotations.NullMarked;
