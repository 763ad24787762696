/// From syntax trees to a [io.gops.fleet.Fleet]: names, types, units, templates and ranges.
///
/// [io.gops.bind.FleetLoader] is the way in. Four steps, each a function of the one before: files
/// and imports, values and blocks checked against the schema, templates and overrides merged,
/// references resolved.
@NullMarked
package io.gops.bind;

import org.jspecify.annotations.NullMarked;
