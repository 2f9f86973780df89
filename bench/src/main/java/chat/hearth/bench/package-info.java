/// `./hearth bench`: runs workloads against real servers and prints what they took as Markdown.
@NullMarked
package chat.hearth.bench;

import org.jspecify.annotations.NullMarked;
