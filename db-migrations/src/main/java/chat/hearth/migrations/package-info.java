/// The tables, as numbered scripts for either database, and what brings a database up to date.
///
/// A script number means the same tables, columns and constraints on both databases.
@NullMarked
package chat.hearth.migrations;

import org.jspecify.annotations.NullMarked;
