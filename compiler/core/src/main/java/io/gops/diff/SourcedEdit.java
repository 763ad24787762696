package io.gops.diff;

import java.util.Optional;

/// An edit and the line it comes from.
record SourcedEdit(Edit edit, Optional<Cause> cause) {}
