/// The pipeline of tables: one class a stage, each from the overlay to flows.
@NullMarked
package io.gops.network.pipeline;

import org.jspecify.annotations.NullMarked;
