/// The rules of the house as tests: which code may know which, and what every source file promises.
/// A rule that is not tested here is a wish.
@NullMarked
package chat.hearth.acceptance.house;

import org.jspecify.annotations.NullMarked;
