/// The compiler for other programs: compile a fleet in memory, look at what it says and at what
/// will run, and schedule from it. `FleetSource.of(path).compile()` gives a [FleetSnapshot];
/// `ApiExampleTest` reserves memory from one.
///
/// A snapshot is immutable, safe for several threads, and reads nothing after
/// [FleetSource#compile] has returned; nothing is ever written. The models are those that
/// `gopsc compile` writes its files from, [io.gops.fleet.Fleet] and
/// [io.gops.deployment.Deployment], so there is no second truth. Stable between minor versions are
/// the types of this package, and the JSON of [FleetSnapshot#json], which
/// `docs/schemas/model.schema.json` describes. Records of the models may gain components.
///
/// The back ends have to be on the class path, since proofs ask their target what it can do.
@NullMarked
package io.gops.api;

import org.jspecify.annotations.NullMarked;
