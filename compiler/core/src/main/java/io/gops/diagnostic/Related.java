package io.gops.diagnostic;

import io.gops.source.Place;

/// Another place that takes part in a diagnostic, and why.
public record Related(Place place, Message message) {}
