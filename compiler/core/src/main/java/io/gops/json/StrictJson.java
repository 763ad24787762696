package io.gops.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;

/// Parsers that refuse a member that is named twice. What makes them remembers the names that it
/// has read, so one serves all texts.
final class StrictJson {
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private StrictJson() {}
}
