/// The one description of every kind, attribute, unit, default and constraint of the language.
///
/// Binding, "did you mean", completion, hover, the reference in `docs/language/` and the keyword
/// list of the editor grammar are all read from it. A kind is found by its name: [Schema] names
/// the files, one for each group of kinds.
@NullMarked
package io.gops.schema;

import org.jspecify.annotations.NullMarked;
