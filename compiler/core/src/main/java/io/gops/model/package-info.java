/// The resolved fleet and what will run, as JSON for other programs: schedulers, dashboards, the
/// rules of a team. `docs/schemas/model.schema.json` describes it.
@NullMarked
package io.gops.model;

import org.jspecify.annotations.NullMarked;
