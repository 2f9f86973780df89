/// Power loss: what a real writer asked of the disk is recorded, and the states in which a disk may
/// come back from a sudden end are made of it and opened.
@NullMarked
package chat.hearth.acceptance.power;

import org.jspecify.annotations.NullMarked;
