/// The configuration: one record per area, read from a YAML file and from `HEARTH_…` variables of
/// the environment, checked whole before anything starts.
///
/// The records are the single source: their components carry the text, the default and the bounds
/// ([Option]), and from these come the reading ([ConfigLoader]), the list of known keys
/// ([ConfigSchema]) and the reference page ([ConfigReference]). They are plain values: no part of
/// the server is named here, and other modules are given their own small records by `Wiring`.
@NullMarked
package chat.hearth.homeserver.config;

import org.jspecify.annotations.NullMarked;
